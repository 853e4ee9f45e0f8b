/** (a), (b): from the callback to the name, and to the whole profile, each round all contenders after one another. */
import type { Browser, BrowserContextOptions, Page } from '@playwright/test'
import { goToConsent } from '../e2e/app.ts'
import { type DelayProxy, inSeries, type Passed } from './delay-proxy.ts'
import { marksAfter, newContext } from './marks.ts'
import { inWords, ratios, spread, table } from './numbers.ts'
import { originOf, ports } from './stage.ts'

export interface Contender {
  readonly name: string
  readonly origin: string
}

export const floor: Contender = { name: 'floor, no framework', origin: originOf(ports.floor) }
/** What the app's header costs: a process of its own, as after any provider on another site. */
export const floorApart: Contender = {
  name: 'floor in a new process',
  origin: originOf(ports.floorApart),
}
export const app: Contender = { name: 'PKCE Lens', origin: originOf(ports.app) }

interface Round {
  readonly name: number
  readonly profile: number
  readonly seriesToName: number
  readonly seriesToProfile: number
  /** In order, one after another; empty when nothing waits. */
  readonly parts: readonly number[]
}

const partNames = [
  'document and scripts, until the token request',
  'token request',
  'checks, until the profile request',
  'profile request with its preflight',
  'drawing',
] as const

/** Where the time to the profile goes, by what the waiting servers saw. */
function partsOf(requests: readonly Passed[], fetchStart: number, profile: number): readonly number[] {
  const token = requests.find(each => each.path === '/token')
  const preflight = requests.find(each => each.method === 'OPTIONS')
  const answer = requests.find(each => each.method === 'GET' && each.path === preflight?.path)
  if (!token || !preflight || !answer) return []
  const ends = [token.from, token.to, preflight.from, answer.to, profile]
  return ends.map((end, i) => end - (ends[i - 1] ?? fetchStart))
}

type Cookies = NonNullable<BrowserContextOptions['storageState']>

/** From the start page to the provider. */
export async function clickSignIn(page: Page, origin: string): Promise<void> {
  await page.goto(`${origin}/`, { waitUntil: 'networkidle' })
  await page
    .getByRole('button', { name: /^Sign in/ })
    .first()
    .click()
}

/** From the start page to the last question of the provider. */
export async function signInAtProvider(page: Page, origin: string): Promise<void> {
  await clickSignIn(page, origin)
  await goToConsent(page)
  await allow(page).waitFor()
}

export const allow = (page: Page) => page.getByRole('button', { name: 'Allow' })

/** Signs in once by hand, so that the provider knows the person. */
export async function providerCookies(browser: Browser, { origin }: Contender = floor): Promise<Cookies> {
  const context = await newContext(browser)
  const page = await context.newPage()
  await signInAtProvider(page, origin)
  await marksAfter(page, () => allow(page).click())
  const { cookies } = await context.storageState()
  await context.close()
  return { cookies, origins: [] }
}

async function oneRound(
  browser: Browser,
  { origin }: Contender,
  storageState: Cookies | null,
  proxies: readonly DelayProxy[],
): Promise<Round> {
  const context = await newContext(browser, storageState ? { storageState } : {})
  const page = await context.newPage()
  if (!storageState) await signInAtProvider(page, origin)
  const leave = () => (storageState ? clickSignIn(page, origin) : allow(page).click())
  const { name, profile, fetchStart } = await marksAfter(page, leave)
  await context.close()
  const requests = proxies.flatMap(each => each.passed.splice(0)).filter(each => each.from >= fetchStart)
  const until = (mark: number) => requests.filter((each: Passed) => each.to <= mark)
  return {
    name: name - fetchStart,
    profile: profile - fetchStart,
    seriesToName: inSeries(until(name)),
    seriesToProfile: inSeries(until(profile)),
    parts: partsOf(requests, fetchStart, profile),
  }
}

export interface CallbackOptions {
  readonly browser: Browser
  /** A page of the provider is left for the callback, or none: the provider knows the person and sends them straight back. */
  readonly from: 'page of the provider' | 'start page'
  readonly contenders: readonly Contender[]
  readonly rounds: number
  /** Empty when nothing waits. */
  readonly proxies: readonly DelayProxy[]
}

/** @returns Markdown tables */
export async function measureCallback({
  browser,
  from,
  contenders,
  rounds,
  proxies,
}: CallbackOptions): Promise<string> {
  const cookies = from === 'start page' ? await providerCookies(browser) : null
  const found = new Map<Contender, Round[]>(contenders.map(each => [each, []]))
  for (let round = -1; round < rounds; round++)
    for (const [contender, list] of found) {
      const one = await oneRound(browser, contender, cookies, proxies)
      // The first one warms up servers and browser.
      if (round >= 0) list.push(one)
    }
  const of = (contender: Contender, key: Exclude<keyof Round, 'parts'>) =>
    (found.get(contender) ?? []).map(each => each[key])
  const times = table(
    [
      'callback to …',
      'name, ms',
      'against the floor',
      'profile, ms',
      'against the floor',
      ...(proxies.length > 0 ? ['requests in series to name', 'to profile'] : []),
    ],
    contenders.map(each => [
      each.name,
      inWords(spread(of(each, 'name'))),
      inWords(ratios(of(each, 'name'), of(floor, 'name')), 2),
      inWords(spread(of(each, 'profile'))),
      inWords(ratios(of(each, 'profile'), of(floor, 'profile')), 2),
      ...(proxies.length > 0
        ? [
            String(spread(of(each, 'seriesToName')).median),
            String(spread(of(each, 'seriesToProfile')).median),
          ]
        : []),
    ]),
  )
  if (proxies.length === 0) return times
  const part = (contender: Contender, i: number) =>
    (found.get(contender) ?? []).flatMap(each => each.parts[i] ?? [])
  const parts = table(
    ['where it goes, ms', ...contenders.map(each => each.name)],
    partNames.map((name, i) => [
      name,
      ...contenders.map(each => (part(each, i).length > 0 ? inWords(spread(part(each, i))) : '')),
    ]),
  )
  return `${times}\n\n${parts}`
}
