import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, expect, it, vi } from 'vitest'
import { blocked, notBlocked } from '../attack/verdict.ts'
import { EvidencePanel, type EvidencePanelProps } from './evidence-panel.tsx'
import { experimentOf, runOf } from './scripted-lab.test-data.ts'

afterEach(cleanup)

const props: EvidencePanelProps = {
  experiment: experimentOf({ id: 'a', off: 'no_iss' }),
  run: runOf('a', blocked('app', 'x')),
  undefended: { ...runOf('a', notBlocked('200')), undefended: true, faults: ['no_iss'] },
  isDemo: true,
  busy: false,
  locked: false,
  isRunning: false,
  onRun: () => {},
}

const isShown = (name: string) => screen.queryByRole('radio', { name, checked: true }) !== null

it('"Run again" shows the run that it begins', async () => {
  const onRun = vi.fn()
  render(<EvidencePanel {...props} onRun={onRun} />)
  await userEvent.click(screen.getByRole('radio', { name: 'Defence off' }))
  expect(screen.getByText(/demo provider was told no_iss/)).toBeTruthy()
  await userEvent.click(screen.getByRole('button', { name: 'Run again' }))
  expect([onRun.mock.calls, isShown('As it is')]).toEqual([[[false]], true])
})

it('signed out, nothing is under way', () => {
  render(<EvidencePanel {...props} locked />)
  for (const name of ['Run again', 'Run with the defence off']) {
    const button = screen.getByRole('button', { name })
    expect(button).toHaveProperty('disabled', true)
    expect(button.getAttribute('aria-busy')).not.toBe('true')
  }
})

it('does not say that the demo provider was told what it was not', () => {
  const undefended = { ...runOf('a', blocked('app', 'x')), undefended: true }
  render(<EvidencePanel {...props} run={undefined} undefended={undefended} />)
  expect(screen.queryByText(/demo provider was told/)).toBeNull()
})
