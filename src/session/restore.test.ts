import { describe, expect, it, vi } from 'vitest'
import { issuer } from '../oauth/client.test-data.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import { turn } from './fake-ports.test-data.ts'
import { offline } from './fake-provider.test-data.ts'
import { frameSaysNothing } from './restore.ts'
import {
  boot,
  comeBack,
  createWorld,
  openPage,
  type Page,
  signedIn,
  stops,
  type World,
} from './signed-in.test-data.ts'

/** Loads the app again in the tab where somebody was signed in. */
async function reload(world: World, page: Page, path = '/', isProtected = false) {
  const again = openPage(world, page.config, page)
  return { page: again, booting: boot(again, path, isProtected) }
}
const hint = ({ browser }: World) => JSON.parse(browser.local.get('pkce-lens.was-signed-in') ?? 'null')
const parametersOf = (url: string) => Object.fromEntries(new URL(url).searchParams)
const loginRequired = (url: string) =>
  `?error=login_required&state=${parametersOf(url)['state']}&iss=${encodeURIComponent(issuer)}`

async function wasSignedIn(config: Record<string, unknown> = {}) {
  const world = await createWorld()
  return { world, page: await signedIn(world, config) }
}

describe('T9: a reload, tokens in memory only', () => {
  it('5.6: finds the session again in a hidden frame, and remembers that it works', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page)
    const frame = await again.tab.opened('frames')
    expect(parametersOf(frame.url)).toMatchObject({
      prompt: 'none',
      redirect_uri: 'https://app.example/silent-callback.html',
      code_challenge_method: 'S256',
    })
    expect(again.state().status).toBe('starting')
    frame.answer(world.provider.authorize(frame.url))
    expect(await booting).toBeNull()
    const state = await again.until(({ profile }) => profile.status === 'ready')
    expect([state.status, state.claims?.sub, frame.isClosed]).toEqual(['signed_in', 'alice', true])
    expect(hint(world)).toEqual({ issuer, clientId: 'this-app', frame: 'works' })
    expect(world.provider.form('token')['redirect_uri']).toBe('https://app.example/silent-callback.html')
    expect(again.tab.told('session_changed')).toMatchObject([{ status: 'signed_in', reason: 'hidden frame' }])
  })

  it('RT-11: nothing of the frame stays in a storage', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page)
    const frame = await again.tab.opened('frames')
    const verifier = again.tab.told('pkce_created')[0]?.codeVerifier ?? ''
    expect(verifier).toHaveLength(43)
    expect([...again.tab.session.values()].join()).not.toContain(verifier)
    frame.answer(world.provider.authorize(frame.url))
    await booting
  })

  it('SIL-02, 5.2: a refusal in a frame may only mean that it is blind: the button on an open page', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page)
    const frame = await again.tab.opened('frames')
    frame.answer(loginRequired(frame.url))
    await booting
    expect(again.state()).toMatchObject({ status: 'signed_out', error: null })
    expect([again.tab.navigations, again.tab.frames.length, frame.isClosed]).toEqual([[], 1, true])
    expect(hint(world)).not.toBeNull()
  })

  it('T7, SIL-04: a frame that never answers: ten seconds, then everything is gone', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page)
    const frame = await again.tab.opened('frames')
    await world.browser.advance(9_999)
    expect(again.state().status).toBe('starting')
    await world.browser.advance(1)
    await booting
    expect([again.state().status, again.state().error, frame.isClosed]).toEqual(['signed_out', null, true])
    expect(stops(again)).toEqual([
      {
        flowType: 'restore',
        during: 'authorization_request',
        error: { code: 'silent_timeout', expected: 'an answer within 10 s', received: 'none', issuer },
      },
    ])
    expect(world.browser.timers()).toEqual([])
    frame.answer(world.provider.authorize(frame.url))
    await world.browser.advance(1)
    expect(again.state().status).toBe('signed_out')
  })

  it('SIL-04: the ten seconds are those of the frame, not of what follows', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page)
    again.tab.conditions.hold = async message => {
      if (message.type === 'callback') await world.browser.advance(11_000)
      return message
    }
    const frame = await again.tab.opened('frames')
    frame.answer(world.provider.authorize(frame.url))
    await booting
    expect([again.state().status, stops(again)]).toEqual(['signed_in', []])
  })

  it('DPOP-10: the key of a frame stays in memory', async () => {
    const { world, page } = await wasSignedIn({ dpop: true })
    const { page: again, booting } = await reload(world, page)
    const frame = await again.tab.opened('frames')
    expect([world.browser.keys.size, parametersOf(frame.url)]).toMatchObject([
      0,
      { dpop_jkt: again.tab.told('dpop_key_created')[0]?.thumbprint },
    ])
    frame.answer(world.provider.authorize(frame.url))
    await booting
    expect(again.state().tokenType).toBe('DPoP')
  })

  it('a wrong answer in the frame is shown, not passed over', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page, '/profile', true)
    const frame = await again.tab.opened('frames')
    frame.answer(world.provider.authorize(frame.url).replace(/iss=[^&]*/, 'iss=https://evil.example'))
    await booting
    expect(again.state().error).toMatchObject({ code: 'auth_response_issuer_mismatch', returnTo: '/profile' })
    expect(again.tab.navigations).toEqual([])
  })

  it('a refusal in the frame leads back to the page that was loaded', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page, '/orders?id=5', true)
    const frame = await again.tab.opened('frames')
    frame.answer(loginRequired(frame.url).replace('login_required', 'invalid_request'))
    await booting
    expect(again.state().error).toMatchObject({ code: 'auth_response_error', returnTo: '/orders?id=5' })
  })

  it('the provider is away: said so, and the hint stays', async () => {
    const { world, page } = await wasSignedIn()
    world.browser.sleep(700_000)
    world.provider.always('discovery', offline)
    const { page: again, booting } = await reload(world, page)
    await booting
    expect([again.state().status, again.state().error?.code]).toEqual([
      'signed_out',
      'discovery_fetch_failed',
    ])
    expect(hint(world)).not.toBeNull()
  })

  it('SIL-07: nothing is tried by an app that stands where the page of the frames should be', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page, '/silent-callback.html')
    expect(await booting).toBeNull()
    expect([again.state().status, again.tab.frames]).toEqual(['signed_out', []])
  })

  it('nothing is tried where nobody was signed in, or where it is off', async () => {
    const world = await createWorld()
    const stranger = openPage(world)
    await boot(stranger, '/profile', true)
    expect([stranger.state().status, world.provider.asked]).toEqual(['signed_out', []])
    const off = await wasSignedIn({ restore: 'off' })
    const { page: again, booting } = await reload(off.world, off.page, '/profile', true)
    await booting
    expect([again.state().status, again.tab.frames, again.tab.navigations]).toEqual(['signed_out', [], []])
  })
})

describe('the top-level redirect (5.7)', () => {
  /** A protected page whose frame sees nothing: it leaves with `prompt=none`. */
  async function redirected(config: Record<string, unknown> = {}) {
    const { world, page } = await wasSignedIn(config)
    const { page: again, booting } = await reload(world, page, '/profile?a=1', true)
    if (config['restore'] !== 'redirect') {
      const frame = await again.tab.opened('frames')
      frame.answer(loginRequired(frame.url))
    }
    await booting
    return { world, page: again }
  }

  it('once on a protected page when the frame is blind; the page is found again', async () => {
    const { world, page } = await redirected()
    const [to] = page.tab.navigations
    expect(parametersOf(to?.url ?? '')).toMatchObject({
      prompt: 'none',
      redirect_uri: 'https://app.example/callback',
    })
    const back = await comeBack(world, page, world.provider.authorize(to?.url ?? ''))
    expect([back.path, back.page.state().status]).toEqual(['/profile?a=1', 'signed_in'])
    expect(back.page.tab.steps[0]?.flowType).toBe('restore')
  })

  it('what the redirect found and the frame did not is remembered: no frame next time', async () => {
    const { world, page } = await redirected()
    const back = await comeBack(world, page, world.provider.authorize(page.tab.navigations[0]?.url ?? ''))
    expect(hint(world).frame).toBe('blind')
    const { page: again, booting } = await reload(world, back.page, '/profile', true)
    await booting
    expect([again.tab.frames.length, again.tab.navigations.length]).toEqual([0, 1])
  })

  /** The frame was seen to work; then it gets no answer, or one without the session, and the redirect finds it. */
  it.each([
    ['no answer', 'works'],
    ['login_required', 'blind'],
  ])(
    'a frame that worked, and then gets %s while the redirect finds the session, is %s',
    async (gets, then) => {
      const { world, page } = await wasSignedIn()
      const first = await reload(world, page)
      await first.page.tab.opened('frames').then(frame => frame.answer(world.provider.authorize(frame.url)))
      await first.booting
      expect(hint(world).frame).toBe('works')
      const { page: again, booting } = await reload(world, first.page, '/profile', true)
      const frame = await again.tab.opened('frames')
      if (gets === 'no answer') await world.browser.advance(10_000)
      else frame.answer(loginRequired(frame.url))
      await booting
      await comeBack(world, again, world.provider.authorize(again.tab.navigations[0]?.url ?? ''))
      expect(hint(world).frame).toBe(then)
    },
  )

  it('nobody is taken to a provider that is not there', async () => {
    const { world, page } = await wasSignedIn()
    const { page: again, booting } = await reload(world, page, '/profile', true)
    again.tab.conditions.reachable = false
    await again.tab.opened('frames')
    await world.browser.advance(10_000)
    await booting
    expect([again.state().status, again.tab.navigations]).toEqual(['signed_out', []])
    expect(hint(world)).not.toBeNull()
  })

  it('SIL-06: a refusal ends at the button, and nothing is tried again', async () => {
    const { world, page } = await redirected()
    const back = await comeBack(world, page, loginRequired(page.tab.navigations[0]?.url ?? ''))
    expect([back.path, back.page.state().status, back.page.state().error]).toEqual([
      '/profile?a=1',
      'signed_out',
      null,
    ])
    expect(hint(world)).toBeNull()
    const { page: again, booting } = await reload(world, back.page, '/profile', true)
    await booting
    expect([again.tab.frames, again.tab.navigations]).toEqual([[], []])
  })

  it('SIL-06: a redirect that never came back is not repeated', async () => {
    const { world, page } = await redirected()
    const { page: again, booting } = await reload(world, page, '/profile', true)
    const frame = await again.tab.opened('frames')
    frame.answer(loginRequired(frame.url))
    await booting
    expect([again.state().status, again.tab.navigations, again.state().error]).toEqual([
      'signed_out',
      [],
      null,
    ])
  })

  it('SIL-06: is not begun where nobody can remember it', async () => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    const again = openPage(world, page.config, page)
    again.tab.conditions.storageFull = true
    await boot(again, '/profile', true)
    expect(again.state()).toMatchObject({ status: 'signed_out', error: null })
    expect(again.tab.steps).toEqual([])
  })

  it('where no frame is wanted it is the first try', async () => {
    const { page } = await redirected({ restore: 'redirect' })
    expect([page.tab.frames.length, page.tab.navigations.length]).toEqual([0, 1])
  })

  it.each(['dirty', 'hidden'] as const)('never from a %s page', async kind => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    const again = openPage(world, page.config, page)
    if (kind === 'dirty') again.tab.conditions.dirty = true
    else again.tab.conditions.visible = false
    await boot(again, '/profile', true)
    expect([again.state().status, again.tab.navigations]).toEqual(['signed_out', []])
  })

  it('a page that was opened in a background tab waits until somebody looks at it', async () => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    const again = openPage(world, page.config, page)
    again.tab.conditions.visible = false
    await boot(again, '/orders', true)
    again.tab.wake('online')
    expect(again.tab.navigations).toEqual([])
    again.tab.conditions.visible = true
    again.tab.wake('visible')
    await again.until(({ status }) => status === 'signing_in')
    await vi.waitFor(() => expect(again.tab.navigations).toHaveLength(1))
    const url = again.tab.navigations[0]?.url ?? ''
    expect(parametersOf(url)['prompt']).toBe('none')
    const back = await comeBack(world, again, world.provider.authorize(url))
    expect([back.path, back.page.state().status]).toEqual(['/orders', 'signed_in'])
  })

  it('LOUT-08: it stays, when somebody signed out before it was looked at', async () => {
    const { world, page } = await wasSignedIn({ restore: 'redirect' })
    const again = openPage(world, page.config)
    again.tab.conditions.visible = false
    await boot(again, '/orders', true)
    await page.client.signOut()
    again.tab.conditions.visible = true
    again.tab.wake('visible')
    await turn()
    expect([again.state().status, again.tab.navigations]).toEqual(['signed_out', []])
  })

  it('a real failure of it is shown', async () => {
    const { world, page } = await redirected()
    const state = parametersOf(page.tab.navigations[0]?.url ?? '')['state']
    const back = await comeBack(
      world,
      page,
      `?error=server_error&state=${state}&iss=${encodeURIComponent(issuer)}`,
    )
    expect(back.page.state().error?.code).toBe('auth_response_server_unavailable')
  })
})

describe('what a frame that failed says', () => {
  it.each([
    ['silent_interaction_required', true],
    ['silent_timeout', true],
    ['silent_frame_blocked', true],
    ['silent_subject_changed', false],
    ['not_silent_timeout', false],
    ['silent_timeout_of_ours', false],
  ])('%s is nothing: %j', (code, isNothing) => {
    expect(frameSaysNothing(new OAuthError({ code }))).toBe(isNothing)
    expect(frameSaysNothing({ code })).toBe(false)
  })
})
