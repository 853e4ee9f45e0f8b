import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Segmented } from './segmented.tsx'

/* walking radio buttons asks for CSS.escape, which this DOM lacks; the names of groups need no escaping */
beforeEach(() => {
  vi.stubGlobal('CSS', { escape: (text: string) => text })
})

afterEach(() => {
  cleanup()
  vi.unstubAllGlobals()
})

type Party = 'app' | 'server' | 'api'

function Bet({ start }: { start: Party | null }) {
  const [party, setParty] = useState<Party | null>(start)
  return (
    <Segmented
      label="Who will notice"
      value={party}
      onChange={setParty}
      options={[
        { value: 'app', label: 'App' },
        { value: 'server', label: 'Auth server' },
        { value: 'api', label: 'API', name: 'API, the resource server' },
      ]}
    />
  )
}

const chosen = () => screen.getAllByRole<HTMLInputElement>('radio').filter(radio => radio.checked)

describe('Segmented', () => {
  test('is a named radio group in which nothing need be chosen yet', async () => {
    render(<Bet start={null} />)
    expect(screen.getByRole('radiogroup', { name: 'Who will notice' })).toBeTruthy()
    expect(chosen()).toEqual([])
    await userEvent.click(screen.getByRole('radio', { name: 'Auth server' }))
    expect(chosen()).toEqual([screen.getByRole('radio', { name: 'Auth server' })])
  })

  test('arrow keys move and choose, around the ends too', async () => {
    render(<Bet start="app" />)
    await userEvent.tab()
    expect(document.activeElement).toBe(screen.getByRole('radio', { name: 'App' }))
    await userEvent.keyboard('{ArrowRight}')
    expect(chosen()).toEqual([screen.getByRole('radio', { name: 'Auth server' })])
    await userEvent.keyboard('{ArrowRight}{ArrowRight}')
    expect(chosen()).toEqual([screen.getByRole('radio', { name: 'App' })])
    await userEvent.keyboard('{ArrowLeft}')
    expect(chosen()).toEqual([screen.getByRole('radio', { name: 'API, the resource server' })])
    expect(document.activeElement).toBe(chosen()[0])
  })
})
