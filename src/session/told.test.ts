import { describe, expect, it } from 'vitest'
import { clientConfig, issuer } from '../oauth/client.test-data.ts'
import type { Step, StepKind } from '../oauth/step.ts'
import { boot, comeBack, createWorld, leave, openPage, type Page, signedIn } from './signed-in.test-data.ts'

/** What the lens is given: the flows of a session as data, each Step with what it says. */

const callback = 'https://app.example/callback'
const silent = 'https://app.example/silent-callback.html'

/** One Step of a kind, without what is random in it. */
const one = <K extends StepKind>({ tab }: Page, kind: K, at = -1) => tab.told(kind).at(at)
const outcomes = (step: Step | undefined) =>
  step && 'checks' in step ? step.checks.map(({ requirement, outcome }) => `${requirement} ${outcome}`) : []
const kindsOf = ({ tab }: Page, flowType: string) =>
  tab.steps.filter(step => step.flowType === flowType).map(step => step.kind)

describe('a sign-in by redirect', () => {
  it('tells what it asks, what it keeps and where it goes', async () => {
    const world = await createWorld()
    const page = openPage(world, clientConfig({ dpop: true }))
    await boot(page)
    const url = await leave(page, { moreScope: 'orders', returnTo: '/orders' })
    const { searchParams } = new URL(url)
    const now = world.browser.now()
    const [{ flow = '' } = {}] = page.tab.steps
    const told = { flow, flowType: 'sign_in', at: now }
    expect(one(page, 'flow_started')).toEqual({
      ...told,
      kind: 'flow_started',
      issuer,
      clientId: 'this-app',
      redirectUri: callback,
      scope: 'openid profile email orders',
    })
    expect(one(page, 'dpop_key_created')).toEqual({
      ...told,
      kind: 'dpop_key_created',
      thumbprint: searchParams.get('dpop_jkt'),
      alg: 'ES256',
    })
    expect(one(page, 'pkce_created')).toEqual({
      ...told,
      kind: 'pkce_created',
      codeVerifier: expect.stringMatching(/^[\w-]{43}$/),
      codeChallenge: searchParams.get('code_challenge'),
      codeChallengeMethod: 'S256',
    })
    expect(one(page, 'transaction_created')).toEqual({
      ...told,
      kind: 'transaction_created',
      state: searchParams.get('state'),
      nonce: searchParams.get('nonce'),
      returnTo: '/orders',
      expiresAt: now + 600_000,
    })
    expect(one(page, 'authorization_request')).toEqual({
      ...told,
      kind: 'authorization_request',
      via: 'redirect',
      url,
      checks: expect.any(Array),
    })
    expect(outcomes(one(page, 'authorization_request'))).toEqual([
      'META-07 passed',
      'PKCE-05 passed',
      'AREQ-01 passed',
      'PKCE-07 passed',
    ])
  })

  it('tells what came back, under the same flow, and how the session changed', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    const query = world.provider.authorize(await leave(page))
    const { page: back } = await comeBack(world, page, query)
    await back.until(({ profile }) => profile.status === 'ready')
    const told = { flow: page.tab.steps[0]?.flow, flowType: 'sign_in', at: world.browser.now() }
    expect(one(back, 'authorization_response')).toEqual({
      ...told,
      kind: 'authorization_response',
      via: 'redirect',
      url: callback + query,
    })
    expect(one(back, 'authorization_response_checked')).toMatchObject(told)
    expect(outcomes(one(back, 'authorization_response_checked'))).toEqual([
      'RESP-09 passed',
      'RESP-06 passed',
      'RESP-02 passed',
      'RESP-03 passed',
      'RESP-12 passed',
      'ISS-02 passed',
      'RESP-07 passed',
      'RESP-05 passed',
    ])
    const tokens: Record<string, string> = JSON.parse(one(back, 'token_response')?.response.body ?? '')
    expect(one(back, 'id_token_checked')).toMatchObject({ ...told, idToken: tokens['id_token'] })
    expect(new Set(one(back, 'id_token_checked')?.checks.map(check => check.outcome))).toEqual(
      new Set(['passed']),
    )
    expect(back.tab.told('session_changed')).toEqual([
      { ...told, kind: 'session_changed', status: 'signed_in', reason: 'redirect' },
    ])
    expect(new Set(back.tab.steps.map(step => step.flow))).toEqual(new Set([told.flow]))
  })

  it('TOK-07: a scope that was not granted is noted, with the scopes that were asked', async () => {
    const world = await createWorld()
    world.provider.behaviour.tokens = { scope: 'openid' }
    const page = await signedIn(world, {}, { moreScope: 'orders' })
    expect(one(page, 'token_response')?.checks.find(check => check.outcome === 'warning')).toMatchObject({
      requirement: 'TOK-07',
      expected: 'openid profile email orders',
      received: 'openid',
    })
  })
})

describe('a sign-in in a popup', () => {
  it('tells that it was one', async () => {
    const world = await createWorld()
    const page = openPage(world)
    await boot(page)
    const done = page.client.signInWithPopup()
    const popup = await page.tab.opened('popups')
    const query = world.provider.authorize(popup.url)
    popup.answer(query)
    await done
    expect(one(page, 'flow_started')).toMatchObject({ flowType: 'sign_in', redirectUri: silent })
    expect(one(page, 'authorization_request')).toMatchObject({ via: 'popup', url: popup.url })
    expect(one(page, 'authorization_response')).toMatchObject({ via: 'popup', url: silent + query })
    expect(one(page, 'session_changed')).toMatchObject({ status: 'signed_in', reason: 'popup' })
    expect(new Set(page.tab.steps.map(step => step.flow)).size).toBe(1)
  })
})

describe('a session that is found in a hidden frame', () => {
  it('tells that it was one', async () => {
    const world = await createWorld()
    const again = openPage(world, clientConfig(), await signedIn(world))
    const booting = boot(again)
    const frame = await again.tab.opened('frames')
    const query = world.provider.authorize(frame.url)
    frame.answer(query)
    await booting
    expect(one(again, 'flow_started')).toMatchObject({ flowType: 'restore', redirectUri: silent })
    expect(one(again, 'authorization_request')).toMatchObject({ via: 'frame', url: frame.url })
    expect(one(again, 'authorization_response')).toMatchObject({ via: 'frame', url: silent + query })
    expect(one(again, 'session_changed')).toMatchObject({ flowType: 'restore', status: 'signed_in' })
  })

  it('or renewed there, as who was signed in', async () => {
    const world = await createWorld()
    world.provider.behaviour.refreshToken = 'none'
    const page = await signedIn(world)
    const renewing = page.client.renew()
    const frame = await page.tab.opened('frames')
    frame.answer(world.provider.authorize(frame.url))
    await renewing
    expect(one(page, 'session_changed')).toMatchObject({
      flowType: 'restore',
      status: 'renewed',
      reason: 'hidden frame',
    })
  })
})

describe('a refresh', () => {
  it('tells whose grant it renews, what was checked, and that it did', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    world.provider.behaviour.tokens = { scope: 'openid' }
    await page.client.renew()
    expect(one(page, 'flow_started')).toEqual({
      kind: 'flow_started',
      flow: expect.any(String),
      flowType: 'refresh',
      at: world.browser.now(),
      issuer,
      clientId: 'this-app',
      redirectUri: callback,
      scope: 'openid profile email',
      parent: one(page, 'token_request')?.flow,
    })
    expect(kindsOf(page, 'refresh')).toEqual([
      'flow_started',
      'refresh_request',
      'refresh_response',
      'id_token_checked',
      'session_changed',
    ])
    const tokens: Record<string, string> = JSON.parse(one(page, 'refresh_response')?.response.body ?? '')
    expect(one(page, 'id_token_checked')).toMatchObject({ flowType: 'refresh', idToken: tokens['id_token'] })
    expect(outcomes(one(page, 'id_token_checked')).length).toBeGreaterThan(10)
    expect(one(page, 'refresh_response')?.checks.map(check => check.requirement)).toEqual([
      'TOK-09',
      'TOK-05',
      'TOK-05',
      'TOK-07',
    ])
  })
})

describe('a sign-out', () => {
  it('tells what is ended, and how the person leaves', async () => {
    const world = await createWorld()
    const page = await signedIn(world)
    const signIn = one(page, 'token_request')?.flow
    await page.client.signOut()
    const { flow = '' } = one(page, 'flow_started') ?? {}
    const told = { flow, flowType: 'sign_out', at: world.browser.now() }
    expect(one(page, 'flow_started')).toEqual({
      ...told,
      kind: 'flow_started',
      issuer,
      clientId: 'this-app',
      redirectUri: 'https://app.example/',
      scope: 'openid profile email',
      parent: signIn,
    })
    expect(kindsOf(page, 'sign_out')).toEqual([
      'flow_started',
      'revocation_request',
      'revocation_response',
      'revocation_request',
      'revocation_response',
      'session_changed',
      'end_session_request',
    ])
    const [to] = page.tab.navigations
    expect(one(page, 'end_session_request')).toEqual({
      ...told,
      kind: 'end_session_request',
      method: 'POST',
      url: `${issuer}/logout`,
      body: to?.body,
    })
    expect(one(page, 'session_changed')).toEqual({
      flow: signIn,
      flowType: 'sign_out',
      at: world.browser.now(),
      kind: 'session_changed',
      status: 'signed_out',
      reason: 'sign-out',
    })
    const back = openPage(world, page.config, page)
    const state = new URLSearchParams(to?.body ?? '').get('state')
    await boot(back, `/?state=${state}`)
    expect(one(back, 'end_session_response')).toMatchObject({
      flow,
      flowType: 'sign_out',
      url: `https://app.example/?state=${state}`,
      checks: [{ requirement: 'LOUT-05', outcome: 'passed' }],
    })
  })
})
