import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { differenceInWords, firstDifference, isLocalNetwork, sameSite } from './address.ts'
import { browserOf } from './browser-probe.ts'
import { discoveryUrl, oauthMetadataUrl, readMetadata } from './metadata.ts'

describe('addresses', () => {
  test.each([
    ['http://localhost:5173', 'http://localhost:9000', 'same'],
    ['https://app.example.com', 'https://id.example.com', 'likely'],
    ['https://app.example.com', 'http://app.example.com', 'cross'],
    ['https://a.github.io', 'https://b.github.io', 'cross'],
    ['https://a.co.uk', 'https://b.co.uk', 'cross'],
    ['https://login.bank.co.uk', 'https://api.bank.co.uk', 'likely'],
    ['https://co.uk', 'https://a.co.uk', 'cross'],
    ['https://a.example.', 'https://b.example.', 'cross'],
    ['https://a.eu.auth0.com', 'https://b.eu.auth0.com', 'cross'],
    ['http://127.0.0.1', 'http://127.0.0.2', 'cross'],
    ['https://app.example', 'https://id.other', 'cross'],
  ])('SESS-05: %s beside %s is %s', (a, b, expected) => {
    expect(sameSite(new URL(a), new URL(b))).toBe(expected)
  })

  test('WEB-20: which hosts a public page must ask for', () => {
    for (const host of [
      'localhost',
      '127.0.0.1',
      '[::1]',
      '10.1.2.3',
      '192.168.0.1',
      '172.20.0.1',
      'nas.local',
      '[fd00::1]',
    ])
      expect(`${host} ${isLocalNetwork(host)}`).toBe(`${host} true`)
    for (const host of ['example.com', '172.32.0.1', '11.0.0.1', 'localhost.evil.com'])
      expect(`${host} ${isLocalNetwork(host)}`).toBe(`${host} false`)
  })

  test('META-04: the difference is said in words', () => {
    expect(differenceInWords('https://a.b/c', 'https://a.b/c/')).toContain('one slash more')
    expect(differenceInWords('https://a.b/c/', 'https://a.b/c')).toContain('no slash')
    expect(differenceInWords('http://a.b', 'https://a.b')).toContain('http and https')
    expect(differenceInWords('https://a.b', 'https://c.d')).toContain('hosts')
    expect(differenceInWords('https://a.b:1', 'https://a.b:2')).toContain('ports')
    expect(differenceInWords('https://a.b/Realm', 'https://a.b/realm')).toContain('capital')
    expect(differenceInWords('https://a.b/x', 'https://a.b/y')).toContain('character 13')
  })

  test('property: the marked character is the first that differs', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (a, b) => {
        const at = firstDifference(a, b)
        const [left, right] = [[...a], [...b]]
        if (at === -1) expect(a).toBe(b)
        else {
          expect(left.slice(0, at)).toEqual(right.slice(0, at))
          expect(left[at]).not.toBe(right[at])
        }
      }),
    )
  })

  test('META-02, META-03: both places of the document', () => {
    expect(discoveryUrl('https://op/t1/')).toBe('https://op/t1/.well-known/openid-configuration')
    expect(discoveryUrl('https://op')).toBe('https://op/.well-known/openid-configuration')
    expect(oauthMetadataUrl('https://op/t1')).toBe('https://op/.well-known/oauth-authorization-server/t1')
    expect(oauthMetadataUrl('https://op/')).toBe('https://op/.well-known/oauth-authorization-server')
  })

  test('META-05: a document is read tolerantly, and nothing else is one', () => {
    expect(readMetadata('{"issuer":1,"token_endpoint":["x"],"scopes_supported":["a",2]}')).toMatchObject({
      issuer: undefined,
      endpoints: {},
    })
    expect(readMetadata('{"scopes_supported":["a",2]}')?.list('scopes_supported')).toEqual(['a'])
    for (const text of ['', '[]', 'null', '"x"', '<html>']) expect(readMetadata(text)).toBeNull()
  })

  test('matrix 5.2: what each browser does with cookies in frames', () => {
    const chrome = 'Mozilla/5.0 (X11) AppleWebKit/537.36 Chrome/140.0 Safari/537.36'
    expect(browserOf(chrome, false)).toEqual({ name: 'Chrome', frameCookies: 'allowed' })
    expect(browserOf(chrome, true)).toEqual({ name: 'Brave', frameCookies: 'blocked' })
    expect(browserOf('Mozilla/5.0 Gecko/20100101 Firefox/144.0', false).frameCookies).toBe('partitioned')
    expect(browserOf('Mozilla/5.0 Version/26.0 Safari/605.1.15', false)).toEqual({
      name: 'Safari',
      frameCookies: 'blocked',
    })
    expect(browserOf('curl', false).frameCookies).toBe('unknown')
  })
})
