import { describe, expect, it } from 'vitest'
import { parseChallenge, refusalOf, stepUpFor } from './resource-refusal.ts'

describe('a challenge', () => {
  it.each([
    ['Bearer error="invalid_token"', { scheme: 'bearer', error: 'invalid_token' }],
    ['  X-Bearer  error="invalid_token"', { scheme: 'x-bearer', error: 'invalid_token' }],
    [
      'bEaReR realm="x", eRRoR="insufficient_scope", scope="a b"',
      { error: 'insufficient_scope', scope: 'a b' },
    ],
    ['DPoP error=use_dpop_nonce', { scheme: 'dpop', error: 'use_dpop_nonce' }],
    ['dPoP algs="ES256", error="invalid_token"', { scheme: 'dpop', error: 'invalid_token' }],
    [
      'Bearer error="insufficient_user_authentication",acr_values="gold silver",max_age="5"',
      { error: 'insufficient_user_authentication', acrValues: 'gold silver', maxAge: 5 },
    ],
    ['Bearer', { scheme: 'bearer', error: null, scope: null, acrValues: null, maxAge: null }],
    ['Bearer error_description="error=x", realm="y"', { scheme: 'bearer' }],
  ])('BEAR-04: %s', (header, challenge) => {
    expect(parseChallenge({ 'www-authenticate': header })).toMatchObject(challenge)
  })

  it('BEAR-05: what a description quotes is no parameter, and quotes within are read', () => {
    const said =
      'Bearer error_description="say \\"scope=admin\\", scope=admin", error = insufficient_scope, scope="orders"'
    expect(parseChallenge({ 'www-authenticate': said })).toMatchObject({
      error: 'insufficient_scope',
      scope: 'orders',
    })
  })

  it.each(['acr_values=""', 'max_age="1e999"', 'max_age="-1"', 'max_age=""', 'max_age="1.5"'])(
    'BEAR-09: %s asks for nothing',
    parameter => {
      const said = `Bearer error="insufficient_user_authentication", ${parameter}`
      expect(parseChallenge({ 'www-authenticate': said })).toMatchObject({ acrValues: null, maxAge: null })
    },
  )

  it('BEAR-04: one parameter is not taken for another', () => {
    expect(
      parseChallenge({ 'www-authenticate': 'Bearer error_description="x", my_scope="y"' }),
    ).toMatchObject({
      error: null,
      scope: null,
    })
  })

  it('BEAR-06: a header that CORS hides, or an empty one, is none', () => {
    expect(parseChallenge({})).toBeNull()
    for (const header of ['', '="x" Bearer'])
      expect(parseChallenge({ 'www-authenticate': header })).toBeNull()
  })
})

const refused = (status: number, challenge?: string) =>
  refusalOf({ status, headers: challenge === undefined ? {} : { 'www-authenticate': challenge }, body: '' })

describe('what a refusal means', () => {
  it.each([
    ['BEAR-04', 401, undefined, 'resource_unauthorized'],
    ['BEAR-04', 401, 'Bearer error="invalid_token"', 'resource_unauthorized'],
    ['BEAR-05', 403, 'Bearer error="insufficient_scope"', 'resource_insufficient_scope'],
    ['BEAR-06', 403, undefined, 'resource_insufficient_scope'],
    ['BEAR-05', 403, 'Bearer error="other"', 'resource_request_failed'],
    ['BEAR-09', 401, 'Bearer error="insufficient_user_authentication"', 'resource_step_up_required'],
    ['DPOP-07', 401, 'DPoP error="invalid_dpop_proof"', 'dpop_proof_rejected'],
  ])('%s: %s %s is %s', (_, status, challenge, code) => {
    expect(refused(status, challenge)).toMatchObject({ code, httpStatus: status })
  })

  it('BEAR-05, BEAR-09: the word of the API and what it wants are kept, when it says them', () => {
    expect(refused(403, 'Bearer error="insufficient_scope", scope="orders:read orders:write"')).toEqual({
      code: 'resource_insufficient_scope',
      httpStatus: 403,
      protocolError: 'insufficient_scope',
      expected: 'scope orders:read orders:write',
      hints: ['scope:orders:read orders:write'],
    })
    expect(refused(401, 'Bearer')).toEqual({ code: 'resource_unauthorized', httpStatus: 401, hints: [] })
  })

  it('BEAR-06: a challenge that CORS hides is hinted at', () => {
    expect(refused(401)).toEqual({
      code: 'resource_unauthorized',
      httpStatus: 401,
      hints: ['cors_header_not_exposed'],
    })
  })
})

describe('what to sign in with', () => {
  const stronger = 'Bearer error="insufficient_user_authentication"'

  it.each([
    ['BEAR-05', 403, 'Bearer error="insufficient_scope", scope="a b:c"', { moreScope: 'a b:c' }],
    ['BEAR-05', 403, 'Bearer error="insufficient_scope"', null],
    ['BEAR-06', 403, undefined, null],
    ['BEAR-09', 401, `${stronger}, acr_values="urn:gold", max_age="0"`, { acrValues: 'urn:gold', maxAge: 0 }],
    ['BEAR-09', 401, `${stronger}, max_age="5"`, { maxAge: 5 }],
    ['BEAR-09', 401, `${stronger}, max_age="soon"`, { prompt: 'login' }],
    ['BEAR-09', 401, stronger, { prompt: 'login' }],
    ['BEAR-04', 401, 'Bearer error="invalid_token", scope="a", max_age="5"', null],
  ])('%s: %s %s: %o', (_, status, challenge, wish) => {
    expect(stepUpFor(refused(status, challenge))).toEqual(wish)
  })
})
