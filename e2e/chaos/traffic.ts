/** Every request of every tab, in virtual time: what tells a patient app from a loop. */
import type { BrowserContext, Page, Request } from '@playwright/test'
import type { VirtualTime } from './virtual-time.ts'

/** Requests that one tab may send to one address in one virtual minute, a person's own doings included. */
const bound = 20

export interface Traffic {
  /** Files of the app that are on their way. */
  loading(): number
  /** One line for each address that was asked too often. */
  excess(): string[]
}

function pageOf(request: Request): Page | null {
  try {
    return request.frame().page()
  } catch {
    return null
  }
}

export function watchTraffic(context: BrowserContext, appOrigin: string, time: VirtualTime): Traffic {
  const asked = new Map<Page | null, Map<string, number[]>>()
  const loading = new Set<Request>()
  const end = (request: Request) => loading.delete(request)
  context.on('requestfinished', end)
  context.on('requestfailed', end)
  context.on('request', request => {
    if (request.url().startsWith(appOrigin)) loading.add(request)
    const { origin, pathname } = new URL(request.url())
    const address = origin + pathname.replace(/^(\/(?:interaction|authorize))\/.*/, '$1')
    const ofPage = asked.get(pageOf(request)) ?? new Map<string, number[]>()
    asked.set(pageOf(request), ofPage)
    ofPage.set(address, [...(ofPage.get(address) ?? []), time.now()])
  })
  return {
    loading: () => loading.size,
    excess: () =>
      [...asked.values()].flatMap(ofPage =>
        [...ofPage].flatMap(([address, times]) => {
          const most = Math.max(
            ...times.map(from => times.filter(at => at >= from && at < from + 60_000).length),
          )
          return most > bound ? [`${address} was asked ${most} times in a minute`] : []
        }),
      ),
  }
}
