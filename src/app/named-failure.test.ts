import { describe, expect, test } from 'vitest'
import { knownCodes } from './error-texts.ts'
import { namedFailure } from './named-failure.ts'

describe('the failure that the address of the provider page names', () => {
  test('every code of the catalogue is taken', async () => {
    for (const code of knownCodes) expect(await namedFailure(`?step=1&failed=${code}`)).toEqual({ code })
  })

  test.each([
    '',
    '?failed=',
    '?failed=Your+account+is+locked.+Call+555+0100',
    '?failed=constructor',
    '?failed=__proto__',
    '?failed=toString',
    '?failed=token_cors_blocked%20',
    '?failed=no_such_code&failed=popup_closed',
  ])('anything else is nothing: %s', async search => {
    expect(await namedFailure(search)).toBeNull()
  })
})
