import { describe, expect, test } from 'vitest'
import { presetById } from '../presets/presets.ts'
import { noFacts } from './diagnosis.ts'
import { configOf, findings } from './examined.test-data.ts'
import { diagnose } from './last-failure.ts'
import { json, withPaths } from './scripted-probe.test-data.ts'

describe('META-11: a refusal of the client means the same before a sign-in and after one', () => {
  test.each([
    ['entra_platform_type', 'invalid_request', 'AADSTS9002326: Cross-origin token redemption', 'entra'],
    ['entra_origin_missing', 'invalid_request', 'AADSTS9002327: SPA client-type', 'entra'],
    ['provider_says', 'unauthorized_client', 'AADSTS700016: Application was not found', 'entra'],
    ['client_secret_wanted', 'invalid_request', 'client_secret is missing.', 'google'],
    ['client_secret_wanted', 'invalid_client', 'client_secret is missing.', 'any'],
    ['client_not_public', 'invalid_client', 'Client authentication failed', 'any'],
    ['client_not_public', 'unauthorized_client', 'Invalid client credentials', 'keycloak'],
  ] as const)('%s: %s, %s (%s)', async (code, error, description, id) => {
    const preset = presetById(id)
    const route = withPaths({ token: () => json({ error, error_description: description }, 400) })
    const before = (await findings(route, { preset })).get(code)
    const [after] = diagnose({
      error: { code: 'token_response_error', protocolError: error, protocolDescription: description },
      facts: noFacts(configOf(), preset, 'https://app.example'),
    })
    expect(before).toMatchObject({ level: 'fail', stops: true })
    expect(after).toMatchObject({ code, title: before?.title, why: before?.why, fix: before?.fix })
    expect(before?.why.split('Nothing in your code is wrong').length).toBeLessThanOrEqual(2)
  })

  const refused = (description: string, error = 'invalid_request') =>
    diagnose({
      error: { code: 'token_response_error', protocolError: error, protocolDescription: description },
      facts: noFacts(configOf(), presetById('entra'), 'https://app.example'),
    })[0]

  test('an address that is under the right platform is not told to move', () => {
    const cause = refused('AADSTS9002327: Tokens issued for the SPA client-type')
    expect(cause?.title).toContain('without an Origin')
    expect(cause?.fix).toMatchObject({ consolePath: [] })
    expect(cause?.fix?.text).not.toContain('Move')
  })

  test('a client that the tenant does not know is not told to be public', () => {
    const cause = refused('AADSTS700016: Application was not found', 'unauthorized_client')
    expect(cause?.title).toBe('This tenant does not know the client id')
    expect(cause?.fix?.text).toMatch(/^Compare the client id, and the issuer/)
  })

  test('the provider’s own meaning of its words is told', async () => {
    const said = 'Invalid client or Invalid client credentials'
    const route = withPaths({
      token: () => json({ error: 'unauthorized_client', error_description: said }, 401),
    })
    const found = (await findings(route, { preset: presetById('keycloak') })).get('client_not_public')
    expect(found?.why).toContain('in this realm')
  })
})
