import { describe, expect, test } from 'vitest'
import { examine } from './doctor.ts'
import { configOf, findings } from './examined.test-data.ts'
import { appPage, goodRoute, scriptedProbe, silentPage, withHost } from './scripted-probe.test-data.ts'

const silent = (answer: () => Response) => withHost({ '/silent-callback.html': answer })

describe('the callback', () => {
  test.each([
    [200, appPage, 'callback_served', 'pass'],
    [404, appPage, 'callback_status', 'warn'],
    [404, 'Not found', 'callback_not_served', 'fail'],
    [200, '<title>Log in</title><div id="root"></div>', 'callback_not_served', 'fail'],
  ] as const)('AREQ-03: status %d with %s: %s', async (status, body, code, level) => {
    const found = await findings(withHost({ '/callback': () => new Response(body, { status }) }))
    const told = [...found.values()].filter(each => each.question === 'callback')
    expect(told.map(each => [each.code, each.level])).toEqual([[code, level]])
    expect(told[0]?.stops ?? false).toBe(level === 'fail')
    expect(told[0]?.seen).toContain('/callback')
  })

  test('AREQ-03: another page is told apart from none', async () => {
    const at = async (answer: Response) =>
      (await findings(withHost({ '/callback': () => answer }))).get('callback_not_served')
    expect(await at(new Response('<title>Log in</title>'))).toMatchObject({
      title: 'Something else answers at the callback address',
      seen: 'another page at /callback',
    })
    expect((await at(new Response('', { status: 404 })))?.seen).toBe('404 at /callback')
    expect((await at(new Response('', { status: 302 })))?.seen).toBe('a redirect at /callback')
  })
})

describe('the page where frames and popups end', () => {
  test('AREQ-03: it lies beside the callback, and is asked for once', async () => {
    const ports = scriptedProbe(({ url, ...rest }) =>
      goodRoute({ ...rest, url: url.replace('app.example/lens/', 'app.example/') }),
    )
    const redirectUri = 'https://app.example/lens/callback'
    await examine({ config: { ...configOf(), redirectUri }, ports })
    const asked = ports.requests.filter(each => each.url.includes('silent-callback'))
    expect(asked.map(each => each.url)).toEqual(['https://app.example/lens/silent-callback.html'])
    // Some hosts lead to it without the ending; the callback itself has to stay where it is.
    expect(asked[0]?.init.redirect).toBe('follow')
    expect(ports.requests.find(each => each.url === redirectUri)?.init.redirect).toBe('manual')
  })

  test.each([
    ['404 at', 404, 'Not found'],
    ['the app itself at', 200, appPage],
    ['another page at', 200, '<title>Log in</title>'],
  ])('AREQ-03: %s its address', async (seen, status, body) => {
    const found = await findings(silent(() => new Response(body, { status })))
    expect(found.get('callback_served')?.level).toBe('pass')
    expect(found.get('silent_callback_not_served')).toMatchObject({
      level: 'warn',
      title: 'No hidden frame and no window can come back',
      seen: `${seen} /silent-callback.html`,
    })
  })

  test('AREQ-03: without frames it is still the popups that end there', async () => {
    const route = silent(() => new Response('', { status: 404 }))
    const found = (await findings(route, { config: { restore: 'redirect' } })).get(
      'silent_callback_not_served',
    )
    expect(found?.title).toBe('No window can come back')
    expect(found?.why).not.toContain('frame')
  })

  test.each([
    [{ 'x-frame-options': 'DENY' }, 'X-Frame-Options: DENY'],
    [{ 'content-security-policy': "default-src 'none'; frame-ancestors 'none'" }, "frame-ancestors 'none'"],
    [{ 'x-frame-options': 'SAMEORIGIN', 'content-security-policy': "frame-ancestors 'self'" }, null],
    // Browsers look at the policy alone, where it speaks of frames.
    [{ 'x-frame-options': 'DENY', 'content-security-policy': "frame-ancestors 'self'" }, null],
    [{ 'x-frame-options': 'DENY', 'content-security-policy': "default-src 'none'" }, 'X-Frame-Options: DENY'],
    [{}, null],
  ])('SIL-07: with %j', async (headers, seen) => {
    const route = silent(() => new Response(silentPage, { headers: new Headers(Object.entries(headers)) }))
    const found = (await findings(route)).get('silent_callback_not_framed')
    expect(found?.seen ?? null).toBe(seen && `${seen} at /silent-callback.html`)
    if (found) expect(found.fix?.change).toMatchObject({ field: 'restore', value: 'redirect' })
    const byRedirect = await findings(route, { config: { restore: 'redirect' } })
    expect(byRedirect.has('silent_callback_not_framed')).toBe(false)
  })
})
