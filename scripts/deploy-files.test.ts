import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { deployFiles, strictOrigins } from './deploy-files.ts'
import { contentSecurityPolicy, securityHeaders } from './security-headers.ts'

describe('files for static hosts', () => {
  test.each([...deployFiles({ origins: null })])('%s is what the script would write', (path, content) => {
    expect(readFileSync(path, 'utf8')).toBe(content)
  })

  test('WEB-01: no inline code, nothing by default, Trusted Types required', () => {
    const policy = contentSecurityPolicy(false, { origins: null })
    expect(policy).not.toContain('unsafe')
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("require-trusted-types-for 'script'")
  })

  test('WEB-11: only the silent callback may be framed, by this origin', () => {
    expect(securityHeaders('/')['Content-Security-Policy']).toContain("frame-ancestors 'none'")
    expect(securityHeaders('/callback')['Content-Security-Policy']).toContain("frame-ancestors 'none'")
    expect(securityHeaders('/silent-callback.html')['Content-Security-Policy']).toContain(
      "frame-ancestors 'self'",
    )
  })

  test('the strict variant names the origins of one provider and no scheme', async () => {
    const origins = await strictOrigins(
      JSON.stringify({ issuer: 'http://127.0.0.1:9', profile_url: 'http://127.0.0.1:10/me' }),
    )
    expect(origins).toEqual(['http://127.0.0.1:10', 'http://127.0.0.1:9'])
    const policy = contentSecurityPolicy(false, { origins })
    expect(policy).toContain("connect-src 'self' http://127.0.0.1:10 http://127.0.0.1:9;")
    expect(policy).not.toMatch(/connect-src[^;]*https:/)
  })
})
