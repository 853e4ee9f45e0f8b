import { act, cleanup, render, screen, waitFor, within } from '@testing-library/react'
import { userEvent } from '@testing-library/user-event'
import { useRef } from 'react'
import { afterEach, expect, it, vi } from 'vitest'
import { config, scriptedSurroundings, silentFrame } from '../lab/scripted-lab.test-data.ts'
import { CardQuestion } from './card-question.tsx'
import type { Question } from './person.ts'
import { ReportCard } from './report-card-page.tsx'

vi.mock('../attack/browser-surroundings.ts', () => ({
  browserSurroundings: () => ({ ...scriptedSurroundings(), watchFrame: silentFrame }),
}))

afterEach(() => {
  cleanup()
  vi.useRealTimers()
})

/** A card of its own: it is kept for each configuration. */
const show = (of = { ...config }) => {
  render(<ReportCard config={of} basePath="/" signedIn onSignIn={() => {}} />)
  return of
}
const status = () => document.querySelector('.report-status')?.textContent
const button = (name: string | RegExp) => screen.getByRole('button', { name })
const focused = () => document.activeElement?.textContent

it('what is asked is spoken, and Stop takes it away', async () => {
  show()
  await userEvent.click(button('Run check 12'))
  await screen.findByText('A window is needed', { selector: 'b' })
  expect(status()).toMatch(/A window is needed$/)
  await userEvent.click(button('Stop'))
  await waitFor(() => expect(status()).toBe('Stopped after 0 of 1.'))
  expect(screen.queryByText('A window is needed')).toBeNull()
})

it('the focus of the last answer goes to the tools of the run', async () => {
  show()
  await userEvent.click(button('Run check 12'))
  const leaveOut = await screen.findByRole('button', { name: 'Leave it out' })
  leaveOut.focus()
  await userEvent.keyboard('{Enter}')
  await waitFor(() => expect(status()).toBe('Done: 1 of 1.'))
  expect(focused()).toBe('Run all again')
})

it('what was chosen is still chosen after a visit to the attacks', async () => {
  const of = show()
  const second = () => screen.getByLabelText<HTMLInputElement>(/^A second client/)
  await userEvent.type(second(), 'other')
  await userEvent.click(screen.getByLabelText(/^Also try the password grant/))
  cleanup()
  show(of)
  expect(second().value).toBe('other')
  expect(screen.getByLabelText<HTMLInputElement>(/^Also try the password grant/).checked).toBe(true)
  cleanup()
  show()
  expect(second().value).toBe('')
})

function Asked({ question }: { question: Question | null }) {
  const whole = useRef<HTMLElement>(null)
  return (
    <section ref={whole}>
      <div className="report-tools">
        <button type="button">Pause</button>
      </div>
      <div className="report-now">
        <CardQuestion question={question} busy within={whole} />
      </div>
    </section>
  )
}

it('the focus of an answer goes to the next question, once that can be answered', async () => {
  vi.useFakeTimers()
  const answer = vi.fn()
  const look: Question = { type: 'look', what: 'Does it stay?', answer }
  const { rerender, container } = render(<Asked question={{ type: 'announce', numbers: [26], answer }} />)
  button('Leave them out').focus()
  rerender(<Asked question={null} />)
  rerender(<Asked question={look} />)
  expect(document.activeElement).toBe(document.body)
  act(() => vi.advanceTimersByTime(3_000))
  expect(focused()).toBe('It stayed on an error page')
  rerender(<Asked question={{ ...look }} />)
  expect(within(container).queryByRole('button', { name: /^It stayed/ })).toBeNull()
})
