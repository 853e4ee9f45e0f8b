import { describe, expect, test } from 'vitest'
import { fixOfName } from './issuer-name.ts'

describe('META-04: a document that names another issuer', () => {
  test.each([
    ['https://id.example/realms/a', 'https://id.example/realms/a/'],
    ['https://id.example', 'https://id.example/oauth2/default'],
    ['http://127.0.0.1:9000', 'http://localhost:9000'],
  ])('%s names %s, the same server: its name can be taken', (given, named) => {
    expect(fixOfName(given, named)).toMatchObject({ change: { field: 'issuer', value: named }, copy: named })
  })

  test.each([
    ['https://id.example/realms/a', 'http://id.example/realms/a'],
    ['https://id.example/realms/a', 'http://keycloak:8080/realms/a'],
    ['https://id.example/realms/a', 'https://id.example:8443/realms/a'],
    ['https://id.example', 'https://keycloak'],
  ])('%s names %s: it does not know its public address', (given, named) => {
    const fix = fixOfName(given, named)
    expect([fix.change, fix.copy]).toEqual([undefined, given])
    expect(fix.text).toContain('does not know its public address')
  })

  test.each([
    ['https://acme.fusionauth.io', 'https://acme.com'],
    ['https://id.example', 'https://login.example'],
    ['https://id.example', '5'],
    ['http://localhost:9000', 'http://localhost:9001'],
  ])('%s names %s, another server: no press leads there', (given, named) => {
    expect(fixOfName(given, named).change).toBeUndefined()
  })

  test('the older endpoint of Entra ID is led to the newer one', () => {
    for (const slash of ['', '/'])
      expect(
        fixOfName(`https://login.microsoftonline.com/t1${slash}`, 'https://sts.windows.net/t1/').change,
      ).toEqual({ field: 'issuer', value: 'https://login.microsoftonline.com/t1/v2.0', label: 'Add /v2.0' })
  })
})
