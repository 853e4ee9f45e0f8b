import { cleanup, render, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { useState } from 'react'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { RevealProvider } from '../inspector/reveal-context.tsx'
import { ThreadProvider } from '../inspector/thread-context.tsx'
import type { Message } from '../sequence/message.ts'
import { held, signIn } from '../trace/fixtures.test-data.ts'
import { expectation, messagesOf, signedInSteps } from './lens.test-data.tsx'
import { SequenceDiagram } from './sequence-diagram.tsx'

const signedIn = await messagesOf(await signedInSteps())
const ghosts = await messagesOf([])
const refused = await messagesOf((await signIn({ failAt: 'token_grant', tamper: true })).steps)
const paused = await messagesOf((await held()).steps)

// Finding things by role on a whole page takes long on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

afterEach(cleanup)

function Diagram({ messages, onOpen }: { messages: readonly Message[]; onOpen?: (id: string) => void }) {
  const [selected, select] = useState<string | null>(null)
  return (
    <ThreadProvider>
      <RevealProvider>
        <SequenceDiagram {...{ messages, expectation, selected, onOpen }} onSelect={select} />
      </RevealProvider>
    </ThreadProvider>
  )
}

const list = () => screen.getByRole('list', { name: 'Protocol messages' })
const rows = () => [...list().querySelectorAll<HTMLElement>('[data-step]')]
const chosen = () => rows().filter(row => row.querySelector('[aria-current]') !== null)
const buttonOf = (row: HTMLElement | undefined) => {
  const button = row?.querySelector<HTMLElement>('[data-message]')
  if (button === null || button === undefined) throw new Error('a row without a button')
  return button
}

describe('the list of messages', () => {
  it('is one ordered list with every message once, in order', () => {
    render(<Diagram messages={signedIn} />)
    expect(list().tagName).toBe('OL')
    expect(rows().map(row => [row.dataset['step'], row.dataset['status']])).toEqual(
      signedIn.map(({ kind, status }) => [kind, status]),
    )
    expect(within(list()).getAllByRole('listitem')).toHaveLength(signedIn.length)
    for (const [i, row] of rows().entries()) {
      expect(row.getAttribute('aria-posinset')).toBe(String(i + 1))
      expect(row.getAttribute('aria-setsize')).toBe(String(signedIn.length))
    }
  })

  it('draws what is to come before anything has happened', () => {
    render(<Diagram messages={ghosts} />)
    expect(rows().length).toBeGreaterThan(15)
    expect(rows().every(row => row.dataset['status'] === 'upcoming')).toBe(true)
  })

  it('says that the tab is away, or that a window is open while the tab stays', async () => {
    for (const [via, words] of [
      ['redirect', 'tab is away'],
      ['popup', 'a window is open'],
    ] as const) {
      const { steps } = await signIn({ via })
      const leaving = steps.findIndex(({ kind }) => kind === 'authorization_request')
      render(<Diagram messages={await messagesOf(steps.slice(0, leaving + 1))} />)
      const page = rows().find(row => row.dataset['step'] === 'sign_in_page')
      expect(page?.textContent).toContain(words)
      cleanup()
    }
  })

  it('says every message as a sentence, and each act as a heading', () => {
    render(<Diagram messages={signedIn} />)
    expect(
      within(list()).getByRole('button', {
        name: /^4\.1, App to Authorization server: POST \/token\. Done\. Carries code, code_verifier\. 43 ms\.$/,
      }),
    ).toBeTruthy()
    expect(
      within(list())
        .getAllByRole('heading', { level: 2 })
        .map(({ textContent }) => textContent),
    ).toEqual([
      'Step 1, Prepare',
      'Step 2, Authorize',
      'Step 3, Return',
      'Step 4, Exchange',
      'Step 5, Use',
      'Step 6, Renew and end',
    ])
  })

  it('draws a refusal where it happened, and what was edited', () => {
    render(<Diagram messages={refused} />)
    const blocked = rows().filter(row => row.dataset['status'] === 'blocked')
    expect(blocked.map(row => row.dataset['step'])).toEqual(['pkce_compared'])
    expect(blocked[0]?.dataset['at']).toBe('authorization-server')
    expect(within(list()).getByText('Stopped here. Nothing below was sent.')).toBeTruthy()
    expect(
      within(list()).getAllByRole('button', { name: /code_verifier, fingerprint \w{4}, tampered/ }),
    ).not.toEqual([])
    const after = rows().slice(rows().findIndex(row => row.dataset['step'] === 'token_response') + 1)
    expect(after.every(row => row.dataset['never'] === 'true')).toBe(true)
  })

  it('shows which message is held', () => {
    render(<Diagram messages={paused} />)
    expect(rows().filter(row => row.dataset['status'] === 'paused')).toHaveLength(1)
    expect(screen.getByRole('button', { name: /POST \/token\. Paused before it is sent/ })).toBeTruthy()
  })

  it('names the parties with the origins that speak', () => {
    render(<Diagram messages={ghosts} />)
    for (const origin of [expectation.appOrigin, expectation.authorizationServerOrigin])
      expect(screen.getByTitle(origin)).toBeTruthy()
  })
})

describe('by keyboard', () => {
  it('is one stop of the Tab key; arrow keys and J and K move over all', async () => {
    const user = userEvent.setup()
    render(<Diagram messages={signedIn} />)
    expect(rows().filter(row => buttonOf(row).tabIndex === 0)).toHaveLength(1)
    buttonOf(rows()[0]).focus()
    await user.keyboard('{ArrowDown}{ArrowDown}j')
    expect(document.activeElement).toBe(buttonOf(rows()[3]))
    expect(chosen()).toEqual([rows()[3]])
    await user.keyboard('k{ArrowUp}')
    expect(document.activeElement).toBe(buttonOf(rows()[1]))
    await user.keyboard('{End}')
    expect(document.activeElement).toBe(buttonOf(rows().at(-1)))
    await user.keyboard('{Home}{PageDown}')
    expect(document.activeElement).toBe(buttonOf(rows()[10]))
  })

  it('moves with J from anywhere on the page, and keeps letters in a field', async () => {
    const user = userEvent.setup()
    render(
      <>
        <input aria-label="field" />
        <Diagram messages={signedIn} />
      </>,
    )
    await user.keyboard('j')
    expect(chosen()).toEqual([rows()[0]])
    await user.type(screen.getByRole('textbox'), 'jj')
    expect(chosen()).toEqual([rows()[0]])
    expect(screen.getByRole('textbox')).toHaveProperty('value', 'jj')
  })

  it('opens with Enter and keeps the focus', async () => {
    const user = userEvent.setup()
    const onOpen = vi.fn()
    render(<Diagram messages={signedIn} onOpen={onOpen} />)
    buttonOf(rows()[0]).focus()
    await user.keyboard('{ArrowDown}{Enter}')
    expect(onOpen).toHaveBeenCalledWith(signedIn[1]?.id)
    expect(document.activeElement).toBe(buttonOf(rows()[1]))
  })
})

describe('a value', () => {
  it('is lit in every message that carries it', async () => {
    const user = userEvent.setup()
    render(<Diagram messages={signedIn} />)
    const [first] = within(list()).getAllByRole('button', { name: /^code_challenge, fingerprint/ })
    if (first === undefined) throw new Error('no chip')
    await user.click(first)
    const lit = rows().filter(row => row.querySelector('.ui-chip-lit') !== null)
    expect(lit.map(row => row.dataset['step'])).toEqual([
      'pkce_created',
      'authorization_request',
      'pkce_compared',
    ])
    expect(list().parentElement?.querySelector('.lens-thread path')?.getAttribute('d')).toMatch(/^M/)
  })
})

describe('what happens while it is shown', () => {
  it('is drawn as new once', () => {
    const { rerender } = render(<Diagram messages={ghosts} />)
    rerender(<Diagram messages={signedIn} />)
    expect(rows().filter(row => 'new' in row.dataset)).toHaveLength(
      signedIn.filter(({ status }) => status !== 'upcoming').length,
    )
    cleanup()
    render(<Diagram messages={signedIn} />)
    expect(rows().filter(row => 'new' in row.dataset)).toHaveLength(0)
  })
})

describe('ten thousand messages', () => {
  const [model] = signedIn.filter(({ kind }) => kind === 'refresh_request')
  const many: readonly Message[] =
    model === undefined
      ? []
      : Array.from({ length: 10_000 }, (_, i) => ({ ...model, id: `m${i}`, number: `6.${i + 1}` }))

  beforeEach(() => {
    vi.spyOn(Element.prototype, 'clientHeight', 'get').mockReturnValue(800)
    vi.spyOn(Element.prototype, 'clientWidth', 'get').mockReturnValue(900)
    vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(48)
  })

  it('stay one ordered list, of which what is near the screen is drawn', () => {
    render(<Diagram messages={many} />)
    expect(many).toHaveLength(10_000)
    expect(rows().length).toBeGreaterThan(5)
    expect(rows().length).toBeLessThan(150)
    expect(rows()[0]?.getAttribute('aria-setsize')).toBe('10000')
  })

  it('are all reached by keyboard, and the focus stays', async () => {
    const user = userEvent.setup()
    render(<Diagram messages={many} />)
    buttonOf(rows()[0]).focus()
    await user.keyboard('{End}')
    expect(document.activeElement?.getAttribute('data-message')).toBe('m9999')
    expect(document.activeElement?.closest('li')?.getAttribute('aria-posinset')).toBe('10000')
    await user.keyboard('{ArrowUp}')
    expect(document.activeElement?.getAttribute('data-message')).toBe('m9998')
  })
})
