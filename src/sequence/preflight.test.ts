import { describe, expect, test } from 'vitest'
import { needsPreflight } from './preflight.ts'

describe('preflight, as the Fetch standard has it', () => {
  const type = (text: string) => ({ 'content-type': text })
  const form = type('application/x-www-form-urlencoded;charset=UTF-8')
  test.each([
    ['a form POST', 'POST', form, false],
    ['a form in other letters', 'POST', type('Application/X-WWW-Form-Urlencoded'), false],
    ['plain text with a charset', 'POST', type('text/plain; charset=UTF-8'), false],
    ['a type that begins like a simple one', 'POST', type('text/plainx'), true],
    ['a type that goes on after a simple one', 'POST', type('text/plain-x'), true],
    ['no type at all', 'POST', type(''), true],
    ['a GET that wants JSON', 'GET', { Accept: 'application/json' }, false],
    ['a JSON POST', 'POST', { 'Content-Type': 'application/json' }, true],
    ['a bearer token', 'GET', { Authorization: 'Bearer x' }, true],
    ['a DPoP proof', 'POST', { ...form, DPoP: 'x' }, true],
    ['another method', 'DELETE', {}, true],
  ])('%s: %s', (_, method, headers, asks) => {
    expect(needsPreflight({ method, headers })).toBe(asks)
  })
})
