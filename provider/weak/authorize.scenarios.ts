import { ask, codeOf, exchange, freshCode, member, post, random, s256, walk } from '../test-client.ts'
import { Visitor } from '../visitor.ts'
import { reaction, type Scenario } from './scenario.ts'

/** Attacks on the authorization endpoint and what surrounds it. */
export const authorizeScenarios = {
  cors_on_authorize: async demo => {
    const answer = await fetch(`${demo.issuer}/authorize`, { headers: { origin: demo.appOrigin } })
    return answer.headers.get('access-control-allow-origin') === demo.appOrigin
  },
  no_pkce_required: async demo => {
    const { asksForPassword } = await reaction(demo, { code_challenge: null, code_challenge_method: null })
    return asksForPassword
  },
  plain_allowed: async demo => {
    const verifier = random()
    const plain = { code_challenge: verifier, code_challenge_method: 'plain' }
    if (!(await reaction(demo, plain)).asksForPassword) return false
    const { asked, code } = await freshCode(demo, plain)
    const wrong = await exchange(demo, asked, code, { code_verifier: random() })
    const right = await exchange(demo, asked, code, { code_verifier: verifier })
    return wrong.status === 400 && right.status === 200
  },
  method_defaults_to_plain: async demo => {
    const verifier = random()
    const plain = { code_challenge: verifier, code_challenge_method: null }
    if (!(await reaction(demo, plain)).asksForPassword) return false
    const { asked, code } = await freshCode(demo, plain)
    return (await exchange(demo, asked, code, { code_verifier: verifier })).status === 200
  },
  loose_redirect_query: async demo => {
    const redirectUri = `${demo.appOrigin}/callback?extra=lens`
    if (!(await reaction(demo, { redirect_uri: redirectUri })).asksForPassword) return false
    const { asked, code } = await freshCode(demo, { redirect_uri: redirectUri })
    return (await exchange(demo, asked, code, { redirect_uri: redirectUri })).status === 200
  },
  code_pollution: async demo => {
    const redirectUri = `${demo.appOrigin}/callback?code=attacker`
    const asked = ask(demo, { redirect_uri: redirectUri })
    const { left, url } = await walk(new Visitor(demo.issuer), asked.url)
    return left && url.searchParams.getAll('code').length === 2
  },
  loose_redirect_path: async demo =>
    (await reaction(demo, { redirect_uri: `${demo.appOrigin}/wrong` })).asksForPassword,
  redirect_uri_optional: async demo => (await reaction(demo, { redirect_uri: null })).asksForPassword,
  implicit_allowed: async demo => {
    const asked = ask(demo, {
      response_type: 'token',
      code_challenge: null,
      code_challenge_method: null,
      nonce: null,
    })
    const { left, url } = await walk(new Visitor(demo.issuer), asked.url)
    return left && url.hash.includes('access_token=') && !url.hash.includes('id_token=')
  },
  duplicate_params_allowed: async demo => {
    const { url } = ask(demo)
    url.searchParams.append('scope', 'openid')
    return (await new Visitor(demo.issuer).open(url)).text.includes('id="password"')
  },
  unknown_params_refused: async demo => (await reaction(demo, { foo: 'bar' })).error === 'invalid_request',
  state_cut: async demo => {
    const state = '~'.repeat(128)
    return (await reaction(demo, { prompt: 'none', state })).url.searchParams.get('state') !== state
  },
  no_iss: async demo => {
    const { url } = await reaction(demo, { prompt: 'none' })
    const metadata = await (await fetch(`${demo.issuer}/.well-known/openid-configuration`)).text()
    return (
      !url.searchParams.has('iss') && !metadata.includes('authorization_response_iss_parameter_supported')
    )
  },
  wrong_iss: async demo => {
    const iss = (await walk(new Visitor(demo.issuer), ask(demo).url)).url.searchParams.get('iss')
    return iss !== null && iss !== demo.issuer
  },
  prompt_none_shows_page: async demo => (await reaction(demo, { prompt: 'none' })).asksForPassword,
  par_reusable: async demo => {
    const asked = ask(demo)
    const requestUri = member(await post(demo, '/par', asked.url.searchParams), 'request_uri')
    const url = new URL(`${demo.issuer}/authorize`)
    url.search = new URLSearchParams({ client_id: 'pkce-lens', request_uri: requestUri }).toString()
    codeOf(await walk(new Visitor(demo.issuer), url))
    const second = await walk(new Visitor(demo.issuer), url)
    return second.left && second.url.searchParams.has('code')
  },
  frameable_pages: async demo => {
    const { headers } = await reaction(demo)
    const policy = headers.get('content-security-policy') ?? ''
    return !policy.includes('frame-ancestors') && !headers.has('x-frame-options')
  },
  short_secrets: async demo => (await freshCode(demo)).code.length < 20,
  loose_logout_redirect: async demo => {
    const { asked, code, visitor } = await freshCode(demo)
    const idToken = member(await exchange(demo, asked, code), 'id_token')
    const url = new URL(`${demo.issuer}/logout`)
    url.searchParams.set('id_token_hint', idToken)
    url.searchParams.set('post_logout_redirect_uri', 'https://elsewhere.example/')
    return (await visitor.open(url)).url.host === 'elsewhere.example'
  },
} satisfies Record<string, Scenario>

/** The hash of a verifier that is too short. */
export const shortVerifier = { verifier: 'abc', challenge: s256('abc') }
