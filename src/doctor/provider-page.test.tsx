import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { cleanup, render, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import axe from 'axe-core'
import { StrictMode } from 'react'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { readChoice, storeChoice } from '../choice/config-store.ts'
import { parseClientConfig } from '../oauth/client-config.ts'
import { presetById } from '../presets/presets.ts'
import { noFacts } from './diagnosis.ts'
import { ProviderPage, type ProviderPageProps } from './provider-page.tsx'
import {
  goodMetadata,
  goodRoute,
  issuer,
  json,
  type Route,
  scriptedProbe,
  withMetadata,
  withPaths,
} from './scripted-probe.test-data.ts'

const place = { origin: 'https://app.example', basePath: '/' }
const config = parseClientConfig({ issuer, client_id: 'pkce-lens', scope: 'openid profile' }, place.origin)

// The page is large and a check with axe reads all of it.
vi.setConfig({ testTimeout: 30_000 })
beforeEach(() => localStorage.clear())
afterEach(cleanup)

function show(
  route: Route = goodRoute,
  change: Partial<ProviderPageProps> = {},
  queries: QueryClient = new QueryClient(),
) {
  const ports = scriptedProbe(route)
  const props: ProviderPageProps = {
    config,
    configSource: 'config.json',
    file: config,
    demo: null,
    place,
    pageUrl: 'https://app.example/provider',
    search: '',
    ports,
    lastFailure: null,
    lastSignIn: null,
    onUse: vi.fn(),
    onForget: vi.fn(),
    onSignIn: vi.fn(),
    ...change,
  }
  const page = (next: Partial<ProviderPageProps> = {}) => (
    <StrictMode>
      <QueryClientProvider client={queries}>
        <ProviderPage {...props} {...next} />
      </QueryClientProvider>
    </StrictMode>
  )
  const { rerender } = render(page())
  return {
    props,
    ports,
    user: userEvent.setup(),
    again: (next: Partial<ProviderPageProps>) => rerender(page(next)),
  }
}

const radio = (id: string) => {
  const found = document.querySelector(`input[name=preset][value=${id}]`)
  if (!found) throw new Error(`no preset ${id}`)
  return found
}
const row = (code: string) => document.querySelector<HTMLElement>(`[data-finding="${code}"]`)
const done = () => screen.findByText('Copy the report', { selector: 'button' })
const type = async (user: ReturnType<typeof userEvent.setup>, label: string, text: string) => {
  await user.clear(screen.getByLabelText(label))
  await user.paste(text)
}

async function violations(): Promise<string[]> {
  // jsdom paints nothing, so contrast is measured in `ui`; the page is a part of a document with landmarks.
  const options = { rules: { 'color-contrast': { enabled: false }, region: { enabled: false } } }
  const { violations: found } = await axe.run(document.body, options)
  return found.map(each => `${each.id}: ${each.nodes[0]?.html}`)
}

describe('the doctor', () => {
  test('asks about the provider in use at once, in StrictMode each address once, and sums up', async () => {
    const { ports } = show()
    await done()
    expect(screen.getByText(/^21 questions, .* asked from this tab$/)).toBeTruthy()
    expect(row('discovery_readable')?.dataset['level']).toBe('pass')
    expect(ports.requests.filter(each => each.url.endsWith('openid-configuration'))).toHaveLength(1)
    expect(screen.getByText('Sign in', { selector: 'button' })).toBeTruthy()
  })

  test('a finding says what was seen, why, and where to change it, with the value to copy', async () => {
    show(withPaths({ token: 'cors' }))
    await done()
    const found = within(row('token_cors_blocked') ?? document.body)
    expect(found.getByRole('heading').textContent).toBe(
      'To fix: The token endpoint refuses cross-origin requests',
    )
    expect(found.getByText('fetch blocked, server reachable')).toBeTruthy()
    expect(found.getByText('Web origins')).toBeTruthy()
    expect(found.getByText('https://app.example')).toBeTruthy()
    expect(found.getByLabelText('Copy the origin')).toBeTruthy()
    expect(document.querySelector('[data-finding]')?.getAttribute('data-finding')).toBe('token_cors_blocked')
    expect(await violations()).toEqual([])
  })

  test('only what was asked is counted, and a zero is not red', async () => {
    show(withPaths({ '.well-known/openid-configuration': 'down' }))
    await done()
    const rows = document.querySelectorAll('[data-finding], [data-later]').length
    expect(rows).toBeLessThan(21)
    expect(screen.getByText(new RegExp(`^${rows} questions, .* asked from this tab$`))).toBeTruthy()
    const toFix = () => screen.getByText('to fix', { exact: false, selector: '.ui-verdict' })
    expect(toFix().className).toContain('ui-verdict-fail')
    cleanup()
    show()
    await done()
    expect(toFix().className).toContain('ui-verdict-none')
  })

  test('a check of an earlier visit to the page is not shown as the one of now', async () => {
    let isClosed = true
    const route: Route = request => (isClosed && request.url.endsWith('/token') ? 'cors' : goodRoute(request))
    const queries = new QueryClient()
    const { user } = show(route, {}, queries)
    await done()
    isClosed = false
    await user.click(screen.getByText('Check again', { selector: 'button' }))
    await waitFor(() => expect(row('token_readable')).toBeTruthy())
    await done()
    cleanup()
    show(route, {}, queries)
    await done()
    expect(row('token_readable')).toBeTruthy()
    isClosed = true
    await user.click(screen.getByText('Check again', { selector: 'button' }))
    await waitFor(() => expect(row('token_cors_blocked')).toBeTruthy())
  })

  test('two endpoints that lead to two near places are two findings', async () => {
    const told = vi.spyOn(console, 'error')
    show(
      withMetadata({
        revocation_endpoint: 'https://127.0.0.1/r',
        end_session_endpoint: 'https://192.168.1.2/l',
      }),
    )
    await done()
    expect(document.querySelectorAll('[data-finding=endpoint_not_asked]')).toHaveLength(2)
    expect(told).not.toHaveBeenCalled()
  })

  test('what it does is spoken in one region, which is there before', async () => {
    const { user } = show(goodRoute, { config: null })
    const said = () => document.querySelector('#doctor > [role=status]')
    const region = said()
    expect(region?.textContent).toBe('')
    await type(user, 'Issuer', issuer)
    await type(user, 'Client ID', 'a')
    for (const button of ['Check', 'Check again']) {
      await user.click(screen.getByText(button, { selector: 'button' }))
      await done()
      expect(said()).toBe(region)
      expect(region?.textContent).toMatch(/^Done: 0 to fix/)
    }
  })

  test('META-05: the issuer of the bare origin is one press away', async () => {
    const { origin } = new URL(issuer)
    const { user } = show(({ url }) =>
      url.startsWith(`${origin}/.well-known/`) ? json({ ...goodMetadata, issuer: origin }) : 'cors',
    )
    await done()
    await user.click(screen.getByText(`Use ${origin}`, { selector: 'button' }))
    await waitFor(() => expect(row('issuer_equal')).toBeTruthy())
    expect(screen.getByLabelText<HTMLInputElement>('Issuer').value).toBe(origin)
  })

  test('META-04: the differing character is marked, and one press takes the document’s name and asks again', async () => {
    const { user } = show(withMetadata({ issuer: `${issuer}/` }))
    await done()
    const found = row('discovery_issuer_mismatch')
    expect([...(found?.querySelectorAll('mark') ?? [])].map(each => each.textContent)).toEqual([
      '\u00A0',
      '/',
    ])
    await user.click(screen.getByText('Use the document’s name', { selector: 'button' }))
    await waitFor(() => expect(row('issuer_equal')).toBeTruthy())
    expect(screen.getByLabelText<HTMLInputElement>('Issuer').value).toBe(`${issuer}/`)
    // The button has gone, and the person is still at the findings.
    expect(document.activeElement).toBe(screen.getByRole('heading', { name: 'Doctor' }))
  })

  test('a fix that is made with one press keeps what was typed since the check', async () => {
    const { user } = show(goodRoute, { config: { ...config, scope: 'openid groups' } })
    await done()
    await type(user, 'Client ID', 'my-new-client')
    await user.type(screen.getByLabelText('Scopes'), 'email{Enter}')
    await user.click(screen.getByText('Take it out', { selector: 'button' }))
    await waitFor(() => expect(row('scopes_offered')).toBeTruthy())
    expect(screen.getByLabelText<HTMLInputElement>('Client ID').value).toBe('my-new-client')
    const list = screen.getByRole('list', { name: 'Scopes that are asked for' })
    expect([...list.children].map(each => each.textContent)).toEqual(['openid', 'email'])
  })

  test('AREQ-06: openid comes back with one press, and what is not offered goes', async () => {
    const { user } = show(goodRoute, { config: { ...config, scope: 'profile groups' } })
    await done()
    const scopes = () =>
      [...screen.getByRole('list', { name: 'Scopes that are asked for' }).children].map(
        each => each.textContent,
      )
    await user.click(screen.getByText('Add openid', { selector: 'button' }))
    await user.click(await screen.findByText('Take it out', { selector: 'button' }))
    await waitFor(() => expect(row('scopes_offered')).toBeTruthy())
    expect(scopes()).toEqual(['openid', 'profile'])
  })

  test('META-08: a pasted document lets the check go on and is marked as unverified', async () => {
    const { user } = show(withPaths({ '.well-known/openid-configuration': 'cors' }))
    await done()
    expect(row('issuer_equal')).toBeNull()
    await user.click(screen.getByText('Paste the discovery document and go on'))
    const field = screen.getByLabelText(/copy all of it/)
    await user.click(field)
    await user.paste(JSON.stringify(goodMetadata))
    await user.click(screen.getByText('Go on with this', { selector: 'button' }))
    await waitFor(() => expect(row('issuer_equal')).toBeTruthy())
    expect(row('discovery_pasted')?.dataset['level']).toBe('warn')
  })

  test('META-14: pasted keys go to the sign-in, together with the document that was read', async () => {
    const { user, props } = show(withPaths({ keys: 'cors' }))
    await done()
    await user.click(screen.getByText('Paste the key set and go on'))
    await user.click(screen.getByLabelText(/copy all of it/))
    const keys = JSON.stringify({ keys: [{ kty: 'EC', crv: 'P-256', kid: 'a', x: 'AA', y: 'AA' }] })
    await user.paste(keys)
    await user.click(screen.getByText('Go on with this', { selector: 'button' }))
    await waitFor(() => expect(row('keys_found')?.dataset['level']).toBe('warn'))
    await done()
    await user.click(screen.getByText('Sign in', { selector: 'button' }))
    expect(props.onSignIn).toHaveBeenCalledWith({ discovery: JSON.stringify(goodMetadata), keys })
  })
})

describe('the form', () => {
  test('nothing is asked while typing; Check asks, then the provider can be used and is stored', async () => {
    const other = 'https://login.example/realms/new'
    const { props, ports, user } = show(request =>
      request.url.startsWith(other) ? json({ ...goodMetadata, issuer: other }) : goodRoute(request),
    )
    await done()
    await user.click(radio('keycloak'))
    await type(user, 'Issuer', `${other}/.well-known/openid-configuration`)
    await type(user, 'Client ID', 'mine')
    expect(ports.requests.some(each => each.url.startsWith(other))).toBe(false)
    expect(screen.getByText(/Understood as/)).toBeTruthy()
    await user.click(screen.getByText('Check', { selector: 'button' }))
    await waitFor(() => expect(row('issuer_equal')?.textContent).toContain('/realms/new'))
    await done()
    await user.click(screen.getByText('Use Keycloak', { selector: 'button' }))
    expect(props.onUse).toHaveBeenCalledOnce()
    expect(readChoice(() => localStorage, place)).toMatchObject({
      presetId: 'keycloak',
      config: { issuer: other, clientId: 'mine', redirectUri: 'https://app.example/callback' },
    })
  })

  test('a browser that keeps nothing is named, and the page does not go on with the old provider', async () => {
    const { props, user } = show()
    await done()
    await type(user, 'Client ID', 'mine')
    await user.click(screen.getByText('Check', { selector: 'button' }))
    await waitFor(() =>
      expect(screen.getByText(/^Use /, { selector: 'button' })).toHaveProperty('disabled', false),
    )
    const full = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
      throw new DOMException('no', 'QuotaExceededError')
    })
    await user.click(screen.getByText(/^Use /, { selector: 'button' }))
    expect(screen.getByRole('alert').dataset['errorCode']).toBe('storage_unavailable')
    expect(props.onUse).not.toHaveBeenCalled()
    full.mockRestore()
    await user.click(screen.getByText(/^Use /, { selector: 'button' }))
    expect(screen.queryByRole('alert')).toBeNull()
    expect(props.onUse).toHaveBeenCalledOnce()
  })

  test('what was typed for a domain of one’s own stays when the provider is named, and goes with another’s address', async () => {
    const { user } = show()
    const typed = (label: string) => screen.getByLabelText<HTMLInputElement>(label).value
    await user.click(radio('any'))
    await type(user, 'Issuer', 'https://id.acme.example')
    await type(user, 'Client ID', 'acme-app')
    await user.click(radio('auth0'))
    expect([typed('Issuer'), typed('Client ID')]).toEqual(['https://id.acme.example', 'acme-app'])
    await user.click(radio('facebook'))
    expect(typed('Issuer')).toBe('https://www.facebook.com')
    await user.click(radio('auth0'))
    await type(user, 'Issuer', 'https://acme.eu.auth0.com/')
    await user.click(radio('okta'))
    expect([typed('Issuer'), typed('Client ID')]).toEqual(['', ''])
  })

  test('blanks of a preset make the issuer', async () => {
    const { user } = show()
    await user.click(radio('auth0'))
    await user.type(screen.getByLabelText('Tenant'), 'acme')
    await user.type(screen.getByLabelText('Region'), 'eu')
    expect(screen.getByLabelText<HTMLInputElement>('Issuer').value).toBe('https://acme.eu.auth0.com/')
  })

  test('a pasted secret is refused with the reason, and nothing is asked', async () => {
    const { props, ports, user } = show()
    await done()
    const before = ports.requests.length
    await type(user, 'Client ID', 'GOCSPX-abcdefghijklmnop')
    await user.click(screen.getByText('Check', { selector: 'button' }))
    expect(screen.getByText(/Google client secret/)).toBeTruthy()
    expect(screen.getByLabelText('Client ID').getAttribute('aria-invalid')).toBe('true')
    expect(ports.requests.length).toBe(before)
    expect(props.onUse).not.toHaveBeenCalled()
    expect(JSON.stringify(localStorage)).not.toContain('GOCSPX')
  })

  test('PKCE-10: what is wrong with no field is said beside the button', async () => {
    const { user } = show(goodRoute, {
      place: { origin: 'http://192.168.1.4:5173', basePath: '/' },
      config: null,
    })
    await type(user, 'Issuer', issuer)
    await type(user, 'Client ID', 'a')
    await user.click(screen.getByText('Check', { selector: 'button' }))
    expect(screen.getByRole('alert').textContent).toBe(
      'Expected the address of this app: https, or localhost.',
    )
  })

  test('Check leads to what is wrong, out of a section that was folded', async () => {
    const { user } = show()
    await done()
    const [section, resource] = [
      screen.getByText('More settings').closest('details'),
      screen.getByLabelText('Resource'),
    ]
    await user.click(screen.getByText('More settings'))
    await type(user, 'Resource', 'no address')
    await user.click(screen.getByText('More settings'))
    expect(section?.open).toBe(false)
    for (const _ of [1, 2]) {
      await user.click(screen.getByText('Check', { selector: 'button' }))
      expect(section?.open).toBe(true)
      expect(document.activeElement).toBe(resource)
      await user.click(screen.getByText('More settings'))
    }
  })

  test('what a person opened stays open', async () => {
    const { user } = show()
    await done()
    await user.click(screen.getByText('More settings'))
    await user.click(within(screen.getByRole('radiogroup', { name: 'DPoP' })).getByLabelText('On'))
    await user.click(within(screen.getByRole('radiogroup', { name: 'DPoP' })).getByLabelText('Off'))
    await user.type(screen.getByLabelText('Resource'), 'h{Backspace}')
    expect(screen.getByText('More settings').closest('details')?.open).toBe(true)
    const others = screen.getByText('More providers, and some that refuse')
    await user.click(others)
    await user.click(radio('authentik'))
    await user.click(radio('keycloak'))
    expect(others.closest('details')?.open).toBe(true)
  })

  test('scopes are words that can be added and taken out; openid stays', async () => {
    const { user } = show()
    await user.type(screen.getByLabelText('Scopes'), 'email offline_access{Enter}')
    await user.click(screen.getByLabelText('Remove profile'))
    expect(document.activeElement).toBe(screen.getByLabelText('Scopes'))
    const list = within(screen.getByRole('list', { name: 'Scopes that are asked for' }))
    expect(list.getAllByRole('listitem').map(each => each.textContent)).toEqual([
      'openid',
      'email',
      'offline_access',
    ])
    expect(list.queryByLabelText('Remove openid')).toBeNull()
  })

  test('an explained dead end shows the refusal and what to do instead, and no form', async () => {
    const { user } = show()
    await user.click(radio('google'))
    expect(screen.getByText(/client_secret is missing/)).toBeTruthy()
    expect(screen.getByText(/Google Identity Services/)).toBeTruthy()
    expect(screen.queryByLabelText('Client ID')).toBeNull()
    expect(await violations()).toEqual([])
  })

  test('the demo is taken from where it was started, port, scopes and all', async () => {
    const demo = parseClientConfig(
      {
        issuer: 'http://localhost:21101',
        client_id: 'pkce-lens',
        scope: 'openid read_profile',
        profile_url: 'http://localhost:21102/user/profile',
      },
      place.origin,
    )
    const { user } = show(goodRoute, { demo })
    await done()
    await user.click(radio('demo'))
    expect(screen.getByLabelText<HTMLInputElement>('Issuer').value).toBe('http://localhost:21101')
    expect(screen.getByText('read_profile')).toBeTruthy()
    expect(screen.queryByText('offline_access')).toBeNull()
    await type(user, 'Issuer', 'http://localhost:4')
    expect(radio('any')).toHaveProperty('checked', true)
    await type(user, 'Issuer', 'http://localhost:21101/.well-known/openid-configuration')
    await user.click(screen.getByText('Check', { selector: 'button' }))
    expect(radio('demo')).toHaveProperty('checked', true)
    cleanup()
    show(() => 'down', { demo, config: demo })
    await done()
    expect(radio('demo')).toHaveProperty('checked', true)
  })

  test('a profile address of one provider is not sent along to another', async () => {
    const api = { ...config, profileUrl: 'https://id.example.com/me' }
    const { user } = show(goodRoute, { config: api })
    await type(user, 'Issuer', 'https://other.example')
    await user.click(screen.getByText('Check', { selector: 'button' }))
    expect(screen.getByLabelText<HTMLInputElement>('Profile address').value).toBe('')
  })

  test('a provider that cannot work yet can be used anyway, and a stored one can be left', async () => {
    const { props, user } = show(withPaths({ token: 'cors' }), { configSource: 'stored' })
    await done()
    await type(user, 'Client ID', 'another')
    await user.click(screen.getByText('Check', { selector: 'button' }))
    await user.click(await screen.findByText('Use Keycloak anyway', { selector: 'button' }))
    expect(props.onUse).toHaveBeenCalledOnce()
    await user.click(screen.getByText('Back to config.json', { selector: 'button' }))
    expect(props.onForget).toHaveBeenCalledOnce()
  })

  test('what config.json says is used from the file, not from a copy that would hide it', async () => {
    const stored = parseClientConfig(
      { issuer: 'https://other.example', client_id: 'a', scope: config.scope },
      place.origin,
    )
    storeChoice(() => localStorage, { config: stored, presetId: 'any' }, place)
    const { props, user } = show(goodRoute, { config: stored, configSource: 'stored' })
    await type(user, 'Issuer', config.issuer)
    await type(user, 'Client ID', config.clientId)
    await user.click(screen.getByText('Check', { selector: 'button' }))
    await user.click(await screen.findByText(/^Use /, { selector: 'button' }))
    expect(props.onUse).toHaveBeenCalledOnce()
    expect(readChoice(() => localStorage, place)).toBeNull()
  })

  test('the preset that was chosen is remembered, whatever the issuer looks like', () => {
    storeChoice(() => localStorage, { config, presetId: 'okta' }, place)
    show(goodRoute, { configSource: 'stored' })
    expect(document.querySelector('input[name=preset]:checked')?.getAttribute('value')).toBe('okta')
  })

  test('without any configuration the form is empty and nothing is asked', async () => {
    const { ports } = show(goodRoute, { config: null })
    expect(screen.getByText('Nothing has been asked yet')).toBeTruthy()
    expect(screen.getByLabelText<HTMLInputElement>('Issuer').value).toBe('')
    expect(ports.requests).toEqual([])
  })
})

describe('what is to be registered', () => {
  test('all four addresses, and what the second one is for', async () => {
    show(goodRoute, {
      place: { origin: 'https://app.example', basePath: '/lens/' },
      config: parseClientConfig({ issuer, client_id: 'a' }, 'https://app.example', '/lens/'),
    })
    const list = document.querySelector('.choice-registration')
    expect([...(list?.querySelectorAll('code') ?? [])].map(each => each.textContent)).toEqual([
      'https://app.example/lens/callback',
      'https://app.example/lens/silent-callback.html',
      'https://app.example',
      'https://app.example/lens/',
    ])
    expect(list?.textContent).toContain('finds your session again without leaving the page')
    expect(screen.getByLabelText('Copy the silent redirect address')).toBeTruthy()
    expect(await violations()).toEqual([])
  })
})

describe('the last sign-in', () => {
  const lastSignIn = {
    via: 'redirect' as const,
    issuer,
    clientId: 'pkce-lens',
    scope: 'openid profile offline_access',
    clockOffset: null,
    refreshTokenCame: true,
    refreshTokenRotated: null,
    accessTokenForm: null,
    accessTokenForGraph: false,
  }

  test.each([
    ['of this configuration counts', {}, true],
    ['at another provider does not', { issuer: 'https://other.example' }, false],
    ['as another client does not', { clientId: 'other' }, false],
    ['that asked for less does not', { scope: 'openid' }, false],
  ])('%s', async (_name, change, counts) => {
    show(goodRoute, { lastSignIn: { ...lastSignIn, ...change } })
    await done()
    expect(row('redirect_registered')?.dataset['level']).toBe(counts ? 'pass' : undefined)
    expect(document.querySelectorAll('[data-later=redirect_registered]')).toHaveLength(counts ? 0 : 1)
  })

  test('RT-10: a renewal after it asks nothing again, and the next check knows of it', async () => {
    const { ports, user, again } = show(goodRoute, { lastSignIn })
    await done()
    const [before, opened] = [ports.requests.length, row('secure_context')]
    again({ lastSignIn: { ...lastSignIn, clockOffset: -1, refreshTokenRotated: false } })
    expect(row('secure_context')).toBe(opened)
    expect(row('refresh_not_rotated')).toBeNull()
    expect(ports.requests.length).toBe(before)
    await user.click(screen.getByText('Check again', { selector: 'button' }))
    await waitFor(() => expect(row('refresh_not_rotated')).toBeTruthy())
  })
})

describe('a link', () => {
  const search =
    '?issuer=https://linked.example&client_id=theirs&client_secret=abc&profile_url=https://elsewhere.example/me'

  test('is shown and asked about before anything of it is used, and its secret is left out', async () => {
    const { ports, user } = show(goodRoute, { search })
    const dialog = within(await screen.findByRole('dialog', { name: 'Use the provider of this link?' }))
    expect(dialog.getByText('https://linked.example')).toBeTruthy()
    expect(dialog.getByText('Left out because a page must not take secrets: client_secret.')).toBeTruthy()
    expect(dialog.getByText('The profile address is another server')).toBeTruthy()
    expect(ports.requests).toEqual([])
    expect(await violations()).toEqual([])
    await user.click(dialog.getByText('Put it into the form', { selector: 'button' }))
    await waitFor(() =>
      expect(ports.requests.some(each => each.url.startsWith('https://linked.example'))).toBe(true),
    )
    expect(screen.getByLabelText<HTMLInputElement>('Client ID').value).toBe('theirs')
    expect(localStorage.length).toBe(0)
  })

  test.each([
    ['DPoP', { dpop: true }, /not bound to a key/],
    ['PAR', { par: true }, /address bar/],
  ] as const)(
    'DPOP-01, PAR-01: that takes %s away at the same provider says so',
    async (_, change, words) => {
      const query = new URLSearchParams({ issuer: config.issuer, client_id: config.clientId, par: 'false' })
      show(goodRoute, { config: { ...config, ...change }, search: `?${query}` })
      const dialog = within(await screen.findByRole('dialog', { name: 'Use the provider of this link?' }))
      expect(dialog.getByText('What you use now protects more')).toBeTruthy()
      expect(dialog.getByText(words)).toBeTruthy()
      expect(dialog.getByText('Pushed requests').nextElementSibling?.textContent).toBe('off')
    },
  )

  test.each([
    ['lost', {}],
    ['changed', { 'param.max_age': '86400', 'param.acr_values': 'gold', 'param.prompt': 'login' }],
  ])('IDT-18: that asks for another kind of sign-in says so: %s', async (_, asked) => {
    const query = new URLSearchParams({ issuer: config.issuer, client_id: config.clientId, ...asked })
    const extraAuthorizationParams = { max_age: '60', acr_values: 'gold', prompt: 'login' }
    show(goodRoute, { config: { ...config, extraAuthorizationParams }, search: `?${query}` })
    const dialog = within(await screen.findByRole('dialog', { name: 'Use the provider of this link?' }))
    const lost = 'param.max_age' in asked ? '(max_age)' : '(max_age, acr_values, prompt)'
    expect(dialog.getByText(/another kind of sign-in/).textContent).toContain(lost)
  })

  test('whose parameters are named like the rows of the page cannot be taken for them', async () => {
    const query = new URLSearchParams({ issuer, client_id: 'other', 'param.Issuer': 'https://good.example' })
    show(goodRoute, { search: `?${query}` })
    const dialog = within(await screen.findByRole('dialog', { name: 'Use the provider of this link?' }))
    expect(dialog.getAllByRole('term').map(each => each.textContent)).toEqual([
      'Issuer',
      'Client ID',
      'Scopes',
      'Parameter Issuer',
    ])
    expect(dialog.getByText(/that provider would decide where you sign in/)).toBeTruthy()
  })

  test('LOUT-06: that signs out by a link says so', async () => {
    const query = new URLSearchParams({ issuer, client_id: 'other', end_session_method: 'get' })
    show(goodRoute, { search: `?${query}` })
    const dialog = within(await screen.findByRole('dialog', { name: 'Use the provider of this link?' }))
    expect(dialog.getByText('Sign-out at the provider').nextElementSibling?.textContent).toBe('by a link')
  })

  test('that changes no protection gives no warning', async () => {
    const query = new URLSearchParams({ issuer: config.issuer, client_id: 'other' })
    show(goodRoute, { search: `?${query}` })
    const dialog = within(await screen.findByRole('dialog', { name: 'Use the provider of this link?' }))
    expect(dialog.queryByText('What you use now protects more')).toBeNull()
  })

  test('that is refused leaves no trace', async () => {
    const { ports, user } = show(goodRoute, { search })
    await user.click(await screen.findByText('Do not use it', { selector: 'button' }))
    await done()
    expect(ports.requests.some(each => each.url.includes('linked.example'))).toBe(false)
    expect(screen.getByLabelText<HTMLInputElement>('Client ID').value).toBe('pkce-lens')
  })

  test('without a usable provider says why', async () => {
    show(goodRoute, { search: '?issuer=http://10.0.0.1&client_id=a' })
    const dialog = within(await screen.findByRole('dialog', { name: 'This link names no usable provider' }))
    expect(dialog.getByRole('alert').dataset['errorCode']).toBe('config_invalid_issuer_url')
    expect(dialog.getByText(/localhost only/)).toBeTruthy()
    expect(await violations()).toEqual([])
    expect(screen.queryByText('Put it into the form', { selector: 'button' })).toBeNull()
  })
})

describe('a failed sign-in', () => {
  test('comes with its most likely cause open, the others behind a line, and its code for scripts', async () => {
    const facts = { ...noFacts(config, presetById('keycloak'), place.origin), exchanges: 2, exchangeGap: 30 }
    const error = {
      code: 'token_response_error',
      protocolError: 'invalid_grant',
      protocolDescription: '<img src=x>',
    }
    const { user } = show(goodRoute, { lastFailure: { error, facts } })
    const alert = screen.getByRole('alert')
    expect(alert.dataset['errorCode']).toBe('token_response_error')
    expect(alert.querySelector('[data-cause]')?.getAttribute('data-cause')).toBe('grant_code_used_twice')
    expect(alert.querySelector('img')).toBeNull()
    expect(within(alert).getByText('invalid_grant: <img src=x>')).toBeTruthy()
    const others = within(screen.getByRole('list', { name: 'Other causes' }))
    expect(others.getAllByRole('listitem')).toHaveLength(5)
    await user.click(others.getByText('The verifier does not fit the challenge'))
    expect(await violations()).toEqual([])
  })

  test('what its fixes change is its own provider, whatever is typed by now', async () => {
    const other = 'https://login.example/realms/new'
    const facts = noFacts(config, presetById('keycloak'), place.origin)
    const error = { code: 'discovery_issuer_mismatch', received: `${issuer}/`, expected: issuer }
    const { user } = show(
      request =>
        request.url.startsWith(other) ? json({ ...goodMetadata, issuer: other }) : goodRoute(request),
      { lastFailure: { error, facts } },
    )
    await done()
    await type(user, 'Issuer', other)
    await type(user, 'Client ID', 'theirs')
    await user.click(screen.getByText('Check', { selector: 'button' }))
    await waitFor(() => expect(row('issuer_equal')?.textContent).toContain('/realms/new'))
    await user.click(within(screen.getByRole('alert')).getByText('Use the document’s name'))
    expect(screen.getByLabelText<HTMLInputElement>('Issuer').value).toBe(`${issuer}/`)
    expect(screen.getByLabelText<HTMLInputElement>('Client ID').value).toBe('pkce-lens')
  })

  test('the field to compare an address is not a part of the alert', async () => {
    const facts = noFacts(config, presetById('keycloak'), place.origin)
    show(goodRoute, { lastFailure: { error: { code: 'authorization_abandoned' }, facts } })
    const alert = within(screen.getByRole('alert'))
    expect(alert.getByText('https://app.example/callback', { selector: '.ui-copy-text' })).toBeTruthy()
    expect(alert.queryByRole('textbox')).toBeNull()
    const panel = within(screen.getByRole('region', { name: 'Why the last sign-in stopped' }))
    expect(panel.getByLabelText('Paste what is registered at the provider')).toBeTruthy()
  })

  test('LOUT-06: on a domain that nobody knows it is told in the words that the metadata give away, and stays so', async () => {
    const error = { code: 'logout_not_returned' }
    const facts = { ...noFacts(config, presetById('any'), place.origin), during: 'sign_out' as const }
    const route = withMetadata({ end_session_endpoint: `${issuer}/oauth2/sessions/logout` })
    const { user, props } = show(route, { lastFailure: { error, facts } })
    const alert = within(screen.getByRole('alert'))
    expect(await alert.findByText('--post-logout-callback')).toBeTruthy()
    const others = within(screen.getByRole('list', { name: 'Other causes' }))
    await user.click(others.getByText('The provider does not take a sign-out that is sent as a form'))
    await user.click(others.getByRole('button', { name: 'Sign out by a link' }))
    await user.click(screen.getByRole('button', { name: /^Use / }))
    expect(props.onUse).toHaveBeenCalledWith(
      expect.objectContaining({ config: { ...config, endSessionMethod: 'get' } }),
    )
    expect(alert.getByText('--post-logout-callback')).toBeTruthy()
  })

  test('after a no, a new sign-in is one press away', async () => {
    const error = { code: 'auth_response_access_denied', protocolError: 'access_denied' }
    const facts = noFacts(config, presetById('demo'), place.origin)
    const { user, props } = show(goodRoute, { lastFailure: { error, facts } })
    const alert = within(screen.getByRole('alert'))
    expect(alert.getByText(/^Somebody said no/)).toBeTruthy()
    await user.click(alert.getByRole('button', { name: 'Sign in again' }))
    expect(props.onSignIn).toHaveBeenCalledOnce()
  })
})
