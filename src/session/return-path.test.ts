import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { origin } from './fake-ports.test-data.ts'
import { safeReturnTo } from './transaction.ts'

describe('AREQ-13: the return path', () => {
  const at = (basePath: string) => ({ origin, basePath })

  it.each([
    ['/profile', '/profile'],
    ['/orders?id=1#x', '/orders?id=1#x'],
    [`${origin}/orders`, '/orders'],
    ['orders', '/orders'],
    [undefined, '/profile'],
    ['', '/'],
    ['/callback/more', '/callback/more'],
    ['/mycallback', '/mycallback'],
    ['/silent/callbacks', '/silent/callbacks'],
  ])('%s is %s', (wanted, path) => {
    expect(safeReturnTo(at('/'), wanted)).toBe(path)
  })

  it.each([
    'https://evil.example',
    'https://evil.example/profile',
    '//evil.example',
    '\\\\evil.example',
    '/\\evil.example',
    '/.//evil.example',
    `${origin}//evil.example`,
    `${origin}@evil.example`,
    `${origin}.evil.example/`,
    'http://app.example/profile',
    'javascript:alert(1)',
    'data:text/html,x',
    `blob:${origin}/x`,
    'http://[',
    '/callback',
    '/callback?code=a',
    '/silent-callback.html',
    '/callback.html',
  ])('%s is refused', wanted => {
    expect(safeReturnTo(at('/'), wanted)).toBe('/profile')
  })

  it('stays under the path the app is served under', () => {
    expect(safeReturnTo(at('/lens/'), '/lens/orders')).toBe('/lens/orders')
    expect(safeReturnTo(at('/lens/'), '/other')).toBe('/lens/profile')
    expect(safeReturnTo(at('/lens/'), '/lens/../other')).toBe('/lens/profile')
    expect(safeReturnTo(at('/lens/'), undefined)).toBe('/lens/profile')
  })

  it('whatever is wanted, the answer is a path of this app that no browser reads as another origin', {
    timeout: 120_000,
  }, () => {
    const piece = fc.constantFrom(
      '/',
      '\\',
      '//',
      '..',
      '.',
      ':',
      '@',
      '#',
      '?',
      'evil.example',
      origin,
      'https:',
      'javascript:',
      'callback',
      '%2f',
      '\t',
      '\n',
      ' ',
    )
    const wanted = fc.oneof(
      fc.array(piece, { maxLength: 8 }).map(parts => parts.join('')),
      fc.string({ unit: 'binary' }),
      fc.webUrl({ withFragments: true, withQueryParameters: true }),
      fc.webPath(),
    )
    fc.assert(
      fc.property(wanted, fc.constantFrom('/', '/lens/'), (text, basePath) => {
        const path = safeReturnTo(at(basePath), text)
        const read = new URL(path, origin)
        return (
          path.startsWith(basePath) &&
          !/^\/[/\\]/.test(path) &&
          read.origin === origin &&
          read.pathname.startsWith(basePath) &&
          !/\/(silent-)?callback(\.html)?$/.test(read.pathname)
        )
      }),
      { numRuns: 10_000 },
    )
  })
})
