import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import type { EvidenceLine } from './evidence.ts'
import { EvidenceSequence } from './evidence-sequence.tsx'

afterEach(cleanup)

const shield: EvidenceLine = {
  id: 'verdict',
  from: 'authorization-server',
  to: 'authorization-server',
  text: 'Hashes differ',
  channel: 'check',
  values: [],
  refused: false,
  mark: 'stopped',
  message: null,
}

it('a shield without a message is no button, unless the person is asked to point', async () => {
  const onOpen = vi.fn()
  const view = { lines: [shield], lanes: ['authorization-server'], opened: null, onOpen } as const
  const { rerender } = render(<EvidenceSequence {...view} />)
  expect(screen.queryByRole('button')).toBeNull()
  rerender(<EvidenceSequence {...view} every />)
  await userEvent.click(screen.getByRole('button', { name: 'Auth server: Hashes differ, stopped here' }))
  expect(onOpen).toHaveBeenCalledWith('verdict')
})
