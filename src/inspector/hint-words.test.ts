import { describe, expect, it } from 'vitest'
import { descriptionOf, expectationOf, hintInWords } from './hint-words.ts'

describe('a hint of an error', () => {
  it.each([
    ['seconds_away:31', 'The tab was away for 31 s.'],
    ['clock_skew:unknown', 'The token does not say when it was issued.'],
    ['clock_skew:-120', 'By the clock of this device the token is issued in 120 s.'],
    ['clock_skew:7200', 'By the clock of this device the token was issued 7200 s ago.'],
    ['cors_blocked', 'The server can be reached; its answer does not allow this page to read it.'],
    [
      'cors_header_not_exposed',
      'No WWW-Authenticate header could be read: none was sent, or pages may not see it.',
    ],
    ['acr_values:urn:mace:gold', 'It asks for a sign-in with acr urn:mace:gold.'],
    ['max_age:300', 'It asks for a sign-in that is at most 300 s old.'],
    ['refresh_rejected', 'The provider refused the refresh token.'],
  ])('%s: %s', (hint, words) => {
    expect(hintInWords(hint)).toBe(words)
  })

  it.each(['network_unreachable', 'request_timeout', 'A sentence already.'])('%s stays', hint => {
    expect(hintInWords(hint)).toBe(hint)
  })
})

describe('what an error expected', () => {
  it.each([
    ['The server agreed: 200', 'the server agreed (200)'],
    [
      'state is the one that was sent: the state that was kept',
      'state is the one that was sent (the state that was kept)',
    ],
    ['https://app.example/', 'https://app.example/'],
    ['a window', 'a window'],
  ])('%s: %s', (expected, words) => {
    expect(expectationOf(expected)).toBe(words)
  })
})

describe('the server’s own words', () => {
  it.each([
    ['The person said no: access_denied', 'The person said no'],
    ['The person said no', 'The person said no'],
    ['access_denied', null],
    ['', null],
  ])('%s: %s', (protocolDescription, words) => {
    expect(descriptionOf({ protocolError: 'access_denied', protocolDescription })).toBe(words)
  })
})
