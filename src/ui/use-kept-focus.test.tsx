import { cleanup, render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useRef, useState } from 'react'
import { afterEach, expect, test } from 'vitest'
import { useKeptFocus } from './use-kept-focus.tsx'

afterEach(cleanup)

function Run({ successor }: { successor?: string }) {
  const box = useRef<HTMLDivElement>(null)
  const [running, setRunning] = useState(false)
  useKeptFocus(box, successor)
  return (
    <>
      <button type="button" onClick={() => setRunning(!running)}>
        Elsewhere
      </button>
      <div ref={box}>
        {running ? (
          <>
            <button type="button" disabled>
              Not yet
            </button>
            <button type="button">Pause</button>
            <button type="submit">Stop</button>
          </>
        ) : (
          <p>
            <button type="button" onClick={() => setRunning(true)}>
              Start
            </button>
          </p>
        )}
      </div>
    </>
  )
}

const press = async (name: string) => {
  screen.getByRole('button', { name }).focus()
  await userEvent.keyboard('{Enter}')
}

test('the focus of a button that vanished goes to the first enabled one in its place', async () => {
  render(<Run />)
  await press('Start')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Pause' }))
})

test('or to the one that was named', async () => {
  render(<Run successor="[type=submit]" />)
  await press('Start')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Stop' }))
})

test('a focus that is elsewhere stays there', async () => {
  render(<Run />)
  screen.getByRole('button', { name: 'Start' }).focus()
  await press('Elsewhere')
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Elsewhere' }))
})
