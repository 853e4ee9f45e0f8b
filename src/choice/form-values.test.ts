import { describe, expect, test } from 'vitest'
import {
  clientIdDoubt,
  configOfForm,
  type FormValues,
  formOfConfig,
  parseExtra,
  splitWords,
} from './form-values.ts'

const place = { origin: 'https://app.example', basePath: '/lens/' }
const values: FormValues = {
  presetId: 'keycloak',
  issuer: 'https://id.example.com/realms/lens/.well-known/openid-configuration',
  namedIssuer: '',
  clientId: ' pkce-lens ',
  scopes: ['openid', 'email'],
  resource: '',
  audience: '',
  profileUrl: '',
  trustedAudiences: ' 277 278  277',
  extra: 'kc_idp_hint=google\nui_locales=de',
  dpop: true,
  par: 'off',
  restore: 'redirect',
  endSessionMethod: 'get',
}

describe('configOfForm', () => {
  test('makes a checked configuration whose addresses follow the app', () => {
    expect(configOfForm(values, place).config).toEqual({
      issuer: 'https://id.example.com/realms/lens',
      clientId: 'pkce-lens',
      scope: 'openid email',
      redirectUri: 'https://app.example/lens/callback',
      postLogoutRedirectUri: 'https://app.example/lens/',
      resource: null,
      profileUrl: null,
      dpop: true,
      par: false,
      restore: 'redirect',
      endSessionMethod: 'get',
      audience: null,
      trustedAudiences: ['277', '278'],
      extraAuthorizationParams: { kc_idp_hint: 'google', ui_locales: 'de' },
    })
  })

  test('a form made of a configuration gives the same configuration', () => {
    const { config } = configOfForm(values, place)
    if (!config) throw new Error('expected a configuration')
    expect(configOfForm(formOfConfig(config), place).config).toEqual(config)
  })

  test.each([
    ['issuer', { issuer: '' }],
    ['issuer', { issuer: 'http://10.0.0.7' }],
    ['clientId', { clientId: '' }],
    ['clientId', { clientId: 'a\u00A0b' }],
    ['clientId', { clientId: 'GOCSPX-1234567890abcdef' }],
    ['resource', { resource: 'not a url' }],
    ['resource', { resource: 'https://api.example/#x' }],
    ['profileUrl', { profileUrl: 'http://10.0.0.7/me' }],
    ['extra', { extra: 'no equals sign' }],
    ['extra', { extra: 'client_secret=abc' }],
    ['extra', { extra: 'state=mine' }],
  ] as const)('names the field that is wrong: %s %j', (field, change) => {
    const result = configOfForm({ ...values, ...change }, place)
    expect(result.config).toBeNull()
    expect(Object.keys(result.problems)).toEqual([field])
    expect(JSON.stringify(result.problems)).not.toContain('1234567890abcdef')
  })

  test('a plain space within a client id is a part of it (RFC 6749 §A.1)', () => {
    expect(configOfForm({ ...values, clientId: ' my app ' }, place).config?.clientId).toBe('my app')
  })

  test('PKCE-10: what is wrong with the address of the app stands in no field', () => {
    const { config, problems } = configOfForm(values, { origin: 'http://192.168.1.4:5173', basePath: '/' })
    expect(config).toBeNull()
    expect(problems).toEqual({ form: 'Expected the address of this app: https, or localhost.' })
    const redirectUri = 'https://app.example/elsewhere'
    expect(configOfForm(values, { ...place, redirectUri }).problems.form).toMatch(/^Expected redirect_uri: /)
  })

  test('a client id with the shape of a secret is doubted and not refused', () => {
    const long = 'Qx7rB2Lr0sYk3mZtUe9nW4cV8aHd1PgJQx7rB2Lr0sYk3mZtUe9nW4cV8aHd1PgJ'
    expect(clientIdDoubt(long)).toContain('looks like')
    expect(configOfForm({ ...values, clientId: long }, place).config?.clientId).toBe(long)
    expect(clientIdDoubt('5832fc6e14300a0d962240a8144466eef4ee93ef0d218477e55f11cf12fc3737')).toBeNull()
    expect(clientIdDoubt('8f4c1e2a-0b7d-4c55-9d3e-2f6a1b0c9e77')).toBeNull()
    expect(clientIdDoubt('pkce-lens')).toBeNull()
  })

  test('extra parameters are lines of name=value; a value may hold an equals sign', () => {
    expect(parseExtra('a=1\n\n b = x=y ')).toEqual({ a: '1', b: 'x=y' })
    expect(parseExtra('=1')).toBeNull()
    expect(parseExtra('a=\nb[c]=d')).toEqual({ a: '', 'b[c]': 'd' })
    expect(splitWords('  openid  email openid ')).toEqual(['openid', 'email'])
  })
})
