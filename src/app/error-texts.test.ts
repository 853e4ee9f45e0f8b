import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { errorText, knownCodes, wayOn } from './error-texts.ts'

/** Codes that stand in the client's own source, as `code: '…'` or as the code argument of a check. */
function codesInSource(): string[] {
  const families =
    /'((?:config|discovery|jwks|auth_response|authorization|token|id_token|dpop|par|refresh|silent|popup|userinfo|resource|session|storage|insecure|message|request|response|redirect|network|rate|csp|mixed)_[a-z0-9_]+)'/g
  const files = ['src/oauth', 'src/session'].flatMap(folder =>
    readdirSync(folder)
      .filter(name => /\.tsx?$/.test(name) && !name.includes('.test'))
      .map(name => readFileSync(`${folder}/${name}`, 'utf8')),
  )
  const found = files.flatMap(source => [...source.matchAll(families)].map(([, code]) => code ?? ''))
  const notCodes =
    /_(request|response|endpoint|supported|checked|created|methods|alg_values|token|algs?|uri|hint)$|^(dpop_jkt|response_mode|authorization_code|token_type|id_token_hint|request_uri|token_endpoint|response_type|redirect_uri|session_changed|message_type)/
  return [...new Set(found)].filter(code => !notCodes.test(code))
}

describe('the words for failures', () => {
  test('every code that the client can give has words', () => {
    const codes = codesInSource()
    expect(codes.length).toBeGreaterThan(60)
    expect(codes.filter(code => !knownCodes.includes(code))).toEqual([])
  })

  test('no code has words that nothing can give', () => {
    const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
      .filter(name => /\.tsx?$/.test(name) && !/\.test|error-texts/.test(name))
      .map(name => readFileSync(`src/${name}`, 'utf8'))
      .join('\n')
    expect(knownCodes.filter(code => !new RegExp(`\\b${code}\\b`).test(sources))).toEqual([])
  })

  test('every text is a sentence, and no title ends like one', () => {
    for (const code of knownCodes) {
      const { title, text } = errorText({ code })
      expect(title, code).toMatch(/^[A-Z].*[^.!]$/)
      expect(text, code).toMatch(/\.$/)
    }
  })

  test('IDT-12: a clock that is days off is named in days', () => {
    expect(errorText({ code: 'id_token_expired', hints: ['clock_skew:259200'] }).text).toContain('3 days')
  })

  test('IDT-12: an old token is not called a wrong clock, and one minute is not many', () => {
    const textOf = (age: number) => errorText({ code: 'id_token_expired', hints: [`clock_skew:${age}`] }).text
    expect(textOf(61)).toBe(
      'Its end lies in the past. By this device’s clock the token was issued about a minute ago.',
    )
    expect(textOf(-300)).toContain('is issued in about 5 minutes')
    expect(textOf(7200)).toContain('2 hours ago')
  })

  test('IDT-13: a token that is too old is first of all a wrong clock, as the diagnosis says', () => {
    const { text, advice } = errorText({ code: 'id_token_too_old', hints: ['clock_skew:172800'] })
    expect(text).toContain('2 days ago')
    expect(advice).toContain('clock')
  })

  test('a configuration fault names what was expected', () => {
    const { text } = errorText({
      code: 'config_invalid',
      expected: 'dpop: one of true, false',
      received: '"yes"',
    })
    expect(text).toContain('dpop')
  })

  test('META-06: a description that lacks something says what', () => {
    const lacking = { expected: 'token_endpoint', received: 'nothing' }
    expect(errorText({ code: 'discovery_missing_field', ...lacking }).text).toContain('token_endpoint')
  })

  test('BEAR-05: a scope that is missing is named, when the API says it', () => {
    const textOf = (hints: string[]) => errorText({ code: 'resource_insufficient_scope', hints }).text
    expect(textOf(['scope:orders:read orders:write'])).toMatch(/needs: orders:read orders:write\.$/)
    expect(textOf(['cors_header_not_exposed'])).toMatch(/needs\.$/)
  })

  test('META-07: an address without https is named', () => {
    const found = { code: 'discovery_insecure_endpoint', received: 'http://op.example/token' }
    expect(errorText(found).text).toContain('http://op.example/token')
  })

  test('the page again is the way on where the page itself lacks something, everywhere else a new sign-in', () => {
    const reloaded = [
      'config_unreadable',
      'config_invalid',
      'config_invalid_issuer_url',
      'config_invalid_redirect_uri',
      'config_client_id_missing',
      'config_secret_forbidden',
      'insecure_context',
      'web_crypto_unavailable',
      'page_not_loaded',
    ]
    for (const code of knownCodes)
      expect(wayOn(code), code).toBe(reloaded.includes(code) ? 'reload' : 'sign_in')
  })
})
