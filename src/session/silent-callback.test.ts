import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'
import { describe, expect, it } from 'vitest'

const script = readFileSync(new URL('../../public/silent-callback.js', import.meta.url), 'utf8')
const page = readFileSync(new URL('../../public/silent-callback.html', import.meta.url), 'utf8')
const message = { type: 'pkce-lens.callback', query: '?code=a&state=b' }

/** Runs the page's script in a frame, or in a window of its own, and tells what it did, in order. */
function run(isFramed: boolean, hash = ''): unknown[] {
  const did: unknown[] = []
  const window: Record<string, unknown> = { close: () => did.push(['close']) }
  window['parent'] = isFramed
    ? {
        postMessage: (data: unknown, target: unknown) =>
          did.push(['postMessage', JSON.parse(JSON.stringify(data)), target]),
      }
    : window
  class BroadcastChannel {
    constructor(name: string) {
      did.push(['channel', name])
    }
    postMessage(data: unknown) {
      did.push(['broadcast', JSON.parse(JSON.stringify(data))])
    }
    close() {
      did.push(['channel closed'])
    }
  }
  runInNewContext(script, {
    window,
    BroadcastChannel,
    location: {
      search: '?code=a&state=b',
      hash,
      origin: 'https://app.example',
      pathname: '/silent-callback.html',
    },
    history: { replaceState: (_: unknown, __: unknown, path: string) => did.push(['address', path]) },
  })
  return did
}

describe('the silent callback page', () => {
  it('SIL-03, WEB-06: in a frame tells its parent of this origin, and nobody else', () => {
    expect(run(true)).toEqual([
      ['address', '/silent-callback.html'],
      ['postMessage', { ...message, fragment: '' }, 'https://app.example'],
    ])
  })

  it('RESP-09: a fragment is told to the parent alone', () => {
    const fragment = '#access_token=a'
    expect(run(true, fragment)[1]).toEqual(['postMessage', { ...message, fragment }, 'https://app.example'])
    expect(JSON.stringify(run(false, fragment))).not.toContain('access_token')
  })

  it('WEB-08: in a popup speaks to this origin by channel and closes', () => {
    expect(run(false)).toEqual([
      ['address', '/silent-callback.html'],
      ['channel', 'pkce-lens.callback'],
      ['broadcast', message],
      ['channel closed'],
      ['close'],
    ])
  })

  it('RESP-14: loads nothing but its own script, and no bundle', () => {
    expect(page.match(/(src|href)="[^"]*"/g)).toEqual(['src="silent-callback.js"'])
    expect(page).toContain('<meta name="referrer" content="no-referrer"')
    expect(script.length).toBeLessThan(2_000)
  })
})
