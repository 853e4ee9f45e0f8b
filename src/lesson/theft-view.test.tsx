import { act, cleanup, render, screen, waitFor } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { StrictMode } from 'react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { blocked, failed } from '../attack/verdict.ts'
import type { Experiment } from '../lab/experiment.ts'
import { createLab, type Lab } from '../lab/lab.ts'
import { config, experimentOf, scriptedSurroundings, turns } from '../lab/scripted-lab.test-data.ts'
import { stopsOfTheTheft } from './stops-theft.ts'
import TheftView from './theft-view.tsx'

const theft = vi.hoisted((): { make: (() => Lab) | null } => ({ make: null }))
vi.mock('./theft.ts', async original => ({
  ...(await original<typeof import('./theft.ts')>()),
  createTheft: () => theft.make?.(),
}))

afterEach(cleanup)

let alone: ReturnType<typeof turns>
beforeEach(() => {
  alone = turns()
})

const labOf = (run: Experiment['run']) => {
  const experiments = [experimentOf({ id: 'stolen-code-no-verifier', run })]
  return createLab({ config, experiments, surroundings: { ...scriptedSurroundings(), alone } })
}

/** Asks twice, and is over. */
const asking: Experiment['run'] = async ({ person }) => {
  await person.window('The provider wants to see you.')
  const seen = await person.look('about:blank')
  return seen === null ? failed('person_declined', '') : blocked('authorization-server', '400')
}

function Theft({ onOutcome }: { onOutcome: (stopper: string) => void }) {
  const [stop] = stopsOfTheTheft
  return (
    stop && (
      <StrictMode>
        <TheftView
          stop={stop}
          config={config}
          basePath="/"
          onOutcome={onOutcome}
          onDone={() => {}}
          last={false}
        />
      </StrictMode>
    )
  )
}

const begin = async () => {
  const onOutcome = vi.fn()
  const { unmount } = render(<Theft onOutcome={onOutcome} />)
  await userEvent.click(screen.getByRole('button', { name: 'Hand in the stolen code' }))
  await screen.findByRole('button', { name: 'Open its page' })
  return { onOutcome, unmount }
}

it('whoever leaves while it asks leaves the turn to others, and no outcome', async () => {
  theft.make = () => labOf(asking)
  const { onOutcome, unmount } = await begin()
  unmount()
  const next = labOf(async () => blocked('app', 'x'))
  await act(() => next.run('stolen-code-no-verifier'))
  expect(next.store.getState().runs['stolen-code-no-verifier']?.outcome.code).toBe('x')
  expect(onOutcome).not.toHaveBeenCalled()
})

it('says what it asks, and takes the focus from one question to the next and to the verdict', async () => {
  theft.make = () => labOf(asking)
  const { onOutcome } = await begin()
  const says = (text: string) =>
    expect(screen.getAllByRole('status').map(each => each.textContent)).toContain(text)
  says('The provider wants to see you.')
  screen.getByRole('button', { name: 'Skip this one' }).focus()
  await userEvent.keyboard('{Enter}')
  const answer = await screen.findByRole('button', { name: 'Nothing of the provider' })
  says('What is in this frame?')
  await waitFor(() => expect(document.activeElement).toBe(answer))
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(onOutcome).toHaveBeenCalledExactlyOnceWith('authorization-server'))
  expect(document.activeElement?.textContent).toBe('The authorization server blocked it')
})
