import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { base64url } from 'jose'
import { useState } from 'react'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { explanations } from '../explain/explanations.ts'
import type { Step } from '../oauth/step.ts'
import { expectation, of } from '../sequence/fixtures.test-data.ts'
import type { Message } from '../sequence/message.ts'
import { asOf } from '../sequence/playback.ts'
import { selfEndingSteps } from '../sequence/self-ending.test-data.ts'
import { held, heldAnswer, signIn } from '../trace/fixtures.test-data.ts'
import { Inspector } from './inspector.tsx'
import { type InspectorTab, inspectorTabs } from './inspector-tabs.ts'
import { RevealProvider } from './reveal-context.tsx'
import { messagesOf, redactedMessagesOf, wholeStory } from './story.test-data.ts'
import { ThreadProvider } from './thread-context.tsx'

const { messages, secrets } = await wholeStory()
const plain = await messagesOf((await signIn()).steps)
const ghosts = await messagesOf([], expectation)

afterEach(cleanup)

interface PageProps {
  message: Message
  story: readonly Message[]
  tab: InspectorTab
  onSelect: (id: string) => void
  heldEditor?: string
}

function Page({ message, story, tab, ...more }: PageProps) {
  const [chosen, choose] = useState(tab)
  return (
    <ThreadProvider>
      <RevealProvider>
        <Inspector message={message} messages={story} tab={chosen} onTab={choose} {...more} />
      </RevealProvider>
    </ThreadProvider>
  )
}

function show(message: Message, props: Partial<Omit<PageProps, 'message' | 'onSelect'>> = {}) {
  const onSelect = vi.fn()
  const page = <Page message={message} story={messages} tab="explain" onSelect={onSelect} {...props} />
  return { onSelect, user: userEvent.setup(), ...render(page) }
}

const kinds = new Map([...plain, ...messages].map(message => [message.kind, message]))

describe('every kind of message', () => {
  it('is in the stories of this test', () => {
    expect([...kinds.keys()].sort()).toEqual(Object.keys(explanations).sort())
  })

  it.each([...kinds.entries()])('TOK-13: %s shows no secret before it is revealed', (_, message) => {
    const story = messages.includes(message) ? messages : plain
    const hidden = [...secrets, ...secretsOf(plain)]
    for (const tab of inspectorTabs) {
      const { container, unmount } = show(message, { tab, story })
      const page = container.innerHTML
      for (const secret of hidden) expect(page).not.toContain(secret)
      unmount()
    }
  })

  it.each([...new Map(ghosts.map(ghost => [ghost.kind, ghost])).entries()])(
    '%s can be read before it happens',
    (_, ghost) => {
      for (const tab of inspectorTabs) {
        const { container, unmount } = show(ghost, { tab, story: ghosts })
        expect(
          within(container).getByRole('heading', { level: 2, name: explanations[ghost.kind].title }),
        ).toBeTruthy()
        unmount()
      }
    },
  )
})

function secretsOf(story: readonly Message[]): string[] {
  return story.flatMap(({ carried }) =>
    carried.flatMap(({ value, text }) => (text === null || value === 'code_challenge' ? [] : [text])),
  )
}

const spent = 'spent-before-this-run'

function unsigned(claims: Readonly<Record<string, string>>): string {
  const part = (value: unknown) => base64url.encode(JSON.stringify(value))
  return `${part({ alg: 'none' })}.${part(claims)}.`
}

describe('tabs', () => {
  it('are four real tabs with exactly the names of the contract', () => {
    show(of(messages, 'token_response'))
    expect(screen.getAllByRole('tab').map(tab => tab.textContent?.replace(/\d+$/, ''))).toEqual([
      'Explain',
      'HTTP',
      'Checks',
      'Code',
    ])
    for (const name of ['Explain', 'HTTP', 'Checks', 'Code'])
      expect(screen.getByRole('tab', { name })).toBeTruthy()
    expect(screen.getByRole('tabpanel', { name: 'Explain' })).toBeTruthy()
  })

  it('keys 1 to 4 open them, but not while somebody types', async () => {
    const { user } = show(of(messages, 'token_response'))
    await user.keyboard('4')
    expect(screen.getByRole('tab', { name: 'Code', selected: true })).toBeTruthy()
    await user.keyboard('2')
    expect(screen.getByRole('tab', { name: 'HTTP', selected: true })).toBeTruthy()
    const field = document.body.appendChild(document.createElement('input'))
    field.focus()
    await user.keyboard('3')
    expect(screen.getByRole('tab', { name: 'HTTP', selected: true })).toBeTruthy()
    field.remove()
  })

  it.each([
    ['token_request', /the provider may end the tokens of the first run/],
    ['refresh_request', /a spent one can end the session/],
  ] as const)('the code of the %s says what a second run of it does', (kind, words) => {
    show(of(messages, kind), { tab: 'code' })
    expect(screen.getByText(words)).toBeTruthy()
  })

  it('the length of a value that was withheld is said once', async () => {
    const redacted = await redactedMessagesOf((await signIn()).steps)
    show(of(redacted, 'authorization_request'), { tab: 'http', story: redacted })
    expect(screen.getAllByText('22 characters, recorded by fingerprint only').length).toBeGreaterThan(0)
    expect(screen.queryByText('22 characters')).toBeNull()
  })

  it('arrow keys move between them', async () => {
    const { user } = show(of(messages, 'token_response'))
    screen.getByRole('tab', { name: 'Explain' }).focus()
    await user.keyboard('{ArrowRight}{ArrowRight}')
    expect(screen.getByRole('tab', { name: 'Checks', selected: true })).toBeTruthy()
  })

  it('the way to the next and the previous message', async () => {
    const message = of(messages, 'token_response')
    const at = messages.indexOf(message)
    const { user, onSelect } = show(message)
    await user.click(screen.getByRole('button', { name: 'Next message' }))
    await user.click(screen.getByRole('button', { name: 'Previous message' }))
    expect(onSelect.mock.calls.flat()).toEqual([messages[at + 1]?.id, messages[at - 1]?.id])
  })
})

describe('Explain', () => {
  it('PKCE-04: the hash is recomputed in this page and equals the challenge', async () => {
    show(of(plain, 'pkce_compared'), { story: plain })
    expect(await screen.findByText('equal, all 43 characters')).toBeTruthy()
    const challenge =
      of(plain, 'pkce_created').carried.find(({ value }) => value === 'code_challenge')?.text ?? ''
    expect(screen.getAllByText(challenge)).toHaveLength(2)
  })

  it('PKCE-05: a challenge that was taken out of the request is not shown as one that the server has', async () => {
    const { steps } = await signIn()
    const bare = steps.map(step =>
      step.kind === 'authorization_request'
        ? { ...step, url: step.url.replace(/&code_challenge=[^&]*/, '') }
        : step,
    )
    const story = await messagesOf(bare)
    show(of(story, 'pkce_compared'), { story })
    expect(await screen.findByText('none was sent')).toBeTruthy()
    expect(screen.queryByText('equal, all 43 characters')).toBeNull()
  })

  it('PKCE-11: a changed verifier has another hash, and the difference is marked', async () => {
    const story = await messagesOf((await signIn({ tamper: true })).steps)
    const { container } = show(of(story, 'pkce_compared'), { story })
    expect(await screen.findByText('not equal')).toBeTruthy()
    await waitFor(() => expect(container.querySelectorAll('mark').length).toBe(2))
    expect(screen.getByText('The authorization server blocked it')).toBeTruthy()
    expect(screen.getByText('token_response_error')).toBeTruthy()
    expect(screen.getByText(/^The hash of the changed verifier is not the challenge/)).toBeTruthy()
    expect(screen.queryByText(/whether PKCE was the reason/)).toBeNull()
  })

  it('REV-06: a token that nobody can take back is a note, with the time it still has', async () => {
    const story = await messagesOf(await selfEndingSteps())
    const message =
      story.findLast(({ kind }) => kind === 'revocation_response') ?? of(story, 'token_response')
    show(message, { story })
    expect(screen.getByRole('heading', { level: 2, name: 'A token that ends by itself' })).toBeTruthy()
    expect(screen.getByText('Noted, the flow goes on')).toBeTruthy()
    expect(screen.queryByText('It stopped here')).toBeNull()
    expect(screen.getByText(/^This token is checked by the API itself/)).toBeTruthy()
    expect(screen.getByText(/^(It ends in .+|Its time is over by now)\.$/)).toBeTruthy()
    expect(screen.queryByText(/^Status 200/)).toBeNull()
  })

  it('the way of a value lies under the text, over its end until it is pinned', async () => {
    const message = of(plain, 'pkce_compared')
    const { user, container } = show(message, { story: plain })
    const chip = screen.getAllByRole('button', { name: /^code_verifier, fingerprint/ })[0]
    if (chip === undefined) throw new Error('no chip')
    const line = () => container.querySelector('.inspector-view + .inspector-thread')
    await user.hover(chip)
    expect(line()?.hasAttribute('data-pinned')).toBe(false)
    await user.click(chip)
    expect(line()?.hasAttribute('data-pinned')).toBe(true)
  })

  it('the mark of a sign-out to come is not the one of the sign-in', async () => {
    const story = await messagesOf((await signIn()).steps, expectation)
    const message = of(story, 'end_session_request')
    expect(message.label).toBe('POST /logout')
    const { container, user } = show(message, { story })
    await user.click(screen.getByText('Parameters'))
    const state = [...container.querySelectorAll('.inspector-params > div')].find(
      row => row.querySelector('dt')?.textContent === 'state',
    )
    expect(state?.textContent).toContain('A new value')
    expect(state?.querySelector('.ui-chip')).toBeNull()
  })

  it('a refusal of the person is no agreement', async () => {
    const story = await messagesOf((await signIn({ failAt: 'access_denied' })).steps)
    show(of(story, 'consent_given'), { story })
    expect(screen.getByRole('heading', { level: 2, name: 'Said no' })).toBeTruthy()
    expect(screen.getByText(/did not agree/)).toBeTruthy()
    expect(screen.queryByText('failed')).toBeNull()
    cleanup()
    show(of(story, 'authorization_response'), { story })
    expect(screen.queryByText(/has agreed/)).toBeNull()
  })

  it('after a reload the verifier is gone and its fingerprint still proves the hash', async () => {
    const story = await redactedMessagesOf((await signIn()).steps)
    show(of(story, 'pkce_created'), { story })
    expect(screen.getByText('Fits: the fingerprint of the verifier begins this very hash')).toBeTruthy()
  })

  it('RESP-03: the state that came back stands beside the one that was kept', async () => {
    const story = await messagesOf((await signIn({ failAt: 'state' })).steps)
    show(of(story, 'authorization_response_checked'), { story })
    expect(screen.getByText('not equal')).toBeTruthy()
    expect(screen.getByText('auth_response_state_mismatch')).toBeTruthy()
  })

  it('IDT-14: the nonce in the token stands beside the one that was kept', () => {
    show(of(plain, 'id_token_checked'), { story: plain })
    expect(screen.getByText('In the ID token')).toBeTruthy()
    expect(screen.getByText(/^equal, all \d+ characters$/)).toBeTruthy()
  })

  it('IDT-14: a nonce of another sign-in is hidden like our own until it is asked for', async () => {
    const message = of(plain, 'id_token_checked')
    const carried = message.carried.map(each =>
      each.value === 'id_token' ? { ...each, text: unsigned({ nonce: spent }) } : each,
    )
    const { user, container } = show({ ...message, carried }, { story: plain })
    expect(screen.getByText('not equal')).toBeTruthy()
    expect(container.innerHTML).not.toContain(spent)
    await user.click(screen.getByRole('button', { name: 'Show nonce, In the ID token' }))
    expect(container.textContent).toContain(spent)
    await user.click(screen.getByRole('button', { name: 'Hide nonce, In the ID token' }))
    expect(container.innerHTML).not.toContain(spent)
  })

  it('opens the answers that fit the failure', async () => {
    const story = await messagesOf((await signIn({ failAt: 'token_grant' })).steps)
    show(of(story, 'token_response'), { story })
    expect(screen.getByText('may fit this run').closest('div')?.textContent).toContain(
      'It stands for six things',
    )
    expect(screen.getByText('Where people get stuck here').closest('details')?.open).toBe(true)
  })

  it('names the person’s own redirect address where the answer speaks of it', () => {
    show(of(plain, 'authorization_request'), { story: plain })
    const answer = screen.getByText(/Register exactly this/)
    expect(answer.textContent).toContain('http://localhost:5173/callback')
  })

  it('links to the section of the document', () => {
    show(of(plain, 'pkce_compared'), { story: plain })
    const link = screen.getByRole('link', { name: 'RFC 7636 section 4.6' })
    expect(link.getAttribute('href')).toBe('https://www.rfc-editor.org/rfc/rfc7636.html#section-4.6')
    expect(link.getAttribute('rel')).toContain('noreferrer')
  })
})

describe('HTTP', () => {
  it('a secret is shown one by one, and V shows and hides all', async () => {
    const request = of(plain, 'token_request')
    const { user, container } = show(request, { tab: 'http', story: plain })
    const text = (value: string) =>
      request.carried.find(carried => carried.value === value)?.text ?? 'nothing'
    await user.click(screen.getByRole('button', { name: 'Show code' }))
    expect(container.textContent).toContain(text('code'))
    expect(container.textContent).not.toContain(text('code_verifier'))
    await user.click(screen.getByRole('button', { name: 'Hide code' }))
    expect(container.textContent).not.toContain(text('code'))
    await user.keyboard('v')
    expect(container.textContent).toContain(text('code'))
    expect(container.textContent).toContain(text('code_verifier'))
    await user.keyboard('v')
    expect(container.textContent).not.toContain(text('code_verifier'))
  })

  it('the copy holds what the screen shows and nothing more', async () => {
    const request = of(plain, 'token_request')
    const { user } = show(request, { tab: 'http', story: plain })
    await user.click(screen.getByRole('button', { name: 'Copy the request' }))
    const copied = await navigator.clipboard.readText()
    expect(copied).toContain('grant_type=authorization_code')
    for (const secret of secretsOf(plain)) expect(copied).not.toContain(secret)
  })

  it('a note can be closed and opened by its name', async () => {
    const { user } = show(of(plain, 'token_request'), { tab: 'http', story: plain })
    const name = screen.getByRole('button', { name: 'redirect_uri', expanded: true })
    expect(screen.getByText(/Must equal the one in the authorization request/)).toBeTruthy()
    await user.click(name)
    expect(screen.queryByText(/Must equal the one in the authorization request/)).toBeNull()
  })

  it('says what the browser does not show', () => {
    show(of(plain, 'token_request'), { tab: 'http', story: plain })
    expect(screen.getByText(/Origin, User-Agent/)).toBeTruthy()
    expect(screen.getByText(/^No preflight/)).toBeTruthy()
    expect(screen.getByText(/Set-Cookie is never shown/)).toBeTruthy()
    cleanup()
    show(of(plain, 'authorization_request'), { tab: 'http', story: plain })
    expect(screen.getByText(/The answer to a navigation is a page/)).toBeTruthy()
    cleanup()
    show(of(plain, 'profile_request'), { tab: 'http', story: plain })
    expect(screen.getByText(/OPTIONS request \(preflight\)/)).toBeTruthy()
  })

  it('UINF-03: markup in an answer stays text', () => {
    const message = of(plain, 'profile_response')
    const body = '{"name":"<img src=x onerror=alert(1)>"}'
    const evil = { ...message, response: { status: 200, headers: {}, body } }
    const { container } = show(evil, { tab: 'http', story: plain })
    expect(container.querySelector('img')).toBeNull()
    expect(container.textContent).toContain('<img src=x onerror=alert(1)>')
  })

  it('a long answer is folded and opens on demand', async () => {
    const message = of(plain, 'profile_response')
    const body = JSON.stringify(
      Object.fromEntries(Array.from({ length: 300 }, (_, at) => [`name${at}`, 'x'])),
    )
    const { user } = show(
      { ...message, response: { status: 200, headers: {}, body } },
      { tab: 'http', story: plain },
    )
    expect(screen.queryByText('name299')).toBeNull()
    await user.click(screen.getByRole('button', { name: 'Show 182 more lines' }))
    expect(screen.getByText('name299')).toBeTruthy()
  })

  it('a held message shows the editor that the page gives', async () => {
    const story = await messagesOf((await held()).steps)
    show(of(story, 'token_request'), { tab: 'http', story, heldEditor: 'the editor' })
    expect(screen.getByText('the editor')).toBeTruthy()
    expect(screen.getByText('paused')).toBeTruthy()
  })

  it('a message that was dropped is said not to have been sent, nor to have come', async () => {
    const dropped = async (steps: readonly Step[], during: Step['kind']) => {
      const last = steps.at(-1)
      if (last === undefined) throw new Error('nothing is held')
      const { flow, flowType, at } = last
      return messagesOf([
        ...steps,
        { kind: 'failed', flow, flowType, at, during, error: { code: 'message_dropped' } },
      ])
    }
    const request = await dropped((await held()).steps, 'token_request')
    show(of(request, 'token_request'), { tab: 'http', story: request })
    expect(screen.getByText('It was not sent.')).toBeTruthy()
    cleanup()
    show(of(request, 'token_request'), { tab: 'code', story: request })
    expect(screen.getByText('Nothing to run for this message.')).toBeTruthy()
    cleanup()
    const callback = await dropped(
      (await heldAnswer('authorization_response')).steps,
      'authorization_response',
    )
    show(of(callback, 'authorization_response'), { tab: 'http', story: callback })
    expect(screen.getByText('It did not reach the app.')).toBeTruthy()
  })

  it('says whether an answer may still come', async () => {
    const { steps } = await signIn()
    const story = await messagesOf(
      steps.slice(0, steps.findIndex(({ kind }) => kind === 'profile_request') + 1),
    )
    const asked = of(story, 'profile_request')
    show(asked, { tab: 'http', story })
    expect(screen.getByText('No answer yet.')).toBeTruthy()
    cleanup()
    show(
      { ...asked, status: 'done' },
      { tab: 'http', story: story.map(each => (each === asked ? { ...asked, status: 'done' } : each)) },
    )
    expect(screen.getByText('No answer was recorded.')).toBeTruthy()
    cleanup()
    const then = asOf(plain, plain.indexOf(of(plain, 'profile_request')) + 1)
    show(of(then, 'profile_request'), { tab: 'http', story: then })
    expect(screen.getByText('No answer yet.')).toBeTruthy()
  })

  it('BEAR-08: opaque tokens are said to be opaque, an access token is not the app’s to verify', () => {
    show(of(messages, 'refresh_response'), { tab: 'http' })
    expect(screen.getAllByText(/Opaque on purpose; only the issuer reads it/).length).toBeGreaterThan(0)
    cleanup()
    show(of(plain, 'token_response'), { tab: 'http', story: plain })
    expect(screen.getByText('not yours to verify')).toBeTruthy()
    expect(screen.getByText('valid')).toBeTruthy()
  })

  it('IDT-08: an ID token that nobody signed is hidden like a signed one, and so is the nonce in it', async () => {
    const text = unsigned({ sub: 'alice', nonce: spent })
    const payload = text.split('.')[1] ?? ''
    const message = of(plain, 'token_response')
    const forged = {
      ...message,
      carried: message.carried.map(each => (each.value === 'id_token' ? { ...each, text } : each)),
      response: { status: 200, headers: {}, body: JSON.stringify({ id_token: text }) },
    }
    const { user, container } = show(forged, { tab: 'http', story: [forged] })
    for (const secret of [payload, spent]) expect(container.innerHTML).not.toContain(secret)
    await user.click(screen.getByText('Inside id_token'))
    await user.click(screen.getByRole('button', { name: 'Show the payload of id_token' }))
    expect(container.textContent).toContain(payload)
    await user.click(screen.getByRole('button', { name: 'Show nonce' }))
    expect(container.textContent).toContain(spent)
  })

  it('IDT-06: a signature that failed is never called valid', async () => {
    const story = await messagesOf((await signIn({ failAt: 'id_token_signature' })).steps)
    show(of(story, 'token_response'), { tab: 'http', story })
    expect(screen.queryByText('valid')).toBeNull()
    expect(screen.getByText('invalid')).toBeTruthy()
  })
})

describe('Checks', () => {
  it('says expected, received, the verdict in words, the clause and the requirement', async () => {
    const story = await messagesOf((await signIn({ failAt: 'iss' })).steps)
    show(of(story, 'authorization_response_checked'), { tab: 'checks', story })
    expect(screen.getByText(/\d passed, 1 failed/)).toBeTruthy()
    const item = screen.getByText('ISS-01 holds').closest('li')
    if (item === null) throw new Error('no item')
    expect(within(item).getByText('failed')).toBeTruthy()
    expect(within(item).getByText('http://localhost:9000')).toBeTruthy()
    expect(within(item).getByText('http://evil.example')).toBeTruthy()
    expect(within(item).getByText('ISS-01')).toBeTruthy()
    expect(within(item).getByRole('link', { name: 'RFC 6749 §4.1.2' })).toBeTruthy()
  })

  it('a check that was not reached has no values', () => {
    const message = of(plain, 'id_token_checked')
    const checks = message.checks.map(check => ({ ...check, outcome: 'skipped' as const }))
    show({ ...message, checks }, { tab: 'checks', story: plain })
    expect(screen.getByText('2 not reached')).toBeTruthy()
    expect(screen.queryByText('expected')).toBeNull()
  })
})

describe('the thread of a value', () => {
  it('is pinned by its chip, tells who made, saw and compared it, and lets go with Escape', async () => {
    const { user, onSelect } = show(of(plain, 'pkce_created'), { story: plain })
    const [chip] = screen.getAllByRole('button', { name: /^code_verifier, fingerprint/ })
    if (chip === undefined) throw new Error('no chip')
    await user.click(chip)
    const line = screen.getByRole('complementary', { name: 'The way of this value' })
    expect(line.textContent).toMatch(/Made byApp in/)
    expect(line.textContent).toContain('App, Authorization server')
    expect(line.textContent).toMatch(/Compared byAuthorization server in .*passed/)
    expect(line.textContent).not.toContain('address bar')
    expect(document.documentElement.dataset['thread']).toMatch(/^[0-9a-f]{4}$/)
    const [where] = within(line).getAllByRole('button', { name: /^message / })
    if (where === undefined) throw new Error('no way there')
    await user.click(where)
    expect(onSelect).toHaveBeenCalledWith(of(plain, 'pkce_created').id)
    await user.unhover(chip)
    await user.keyboard('{Escape}')
    expect(screen.queryByRole('complementary', { name: 'The way of this value' })).toBeNull()
    expect(document.documentElement.dataset['thread']).toBeUndefined()
  })

  it('says when a value stood in the address bar', async () => {
    const { user } = show(of(plain, 'authorization_response'), { story: plain })
    await user.hover(screen.getAllByRole('button', { name: /^code, fingerprint/ })[0] ?? document.body)
    expect(screen.getByText(/whoever reads the address bar/)).toBeTruthy()
  })
})
