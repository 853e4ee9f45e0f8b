/** How a run ended: the three good endings, and everything that is not one of them. */
import type { Page } from '@playwright/test'
import { liftStorage, setVisible } from './page-faults.ts'
import { advance, open, press, settle, settleAll, signIn } from './person.ts'
import { look, type Sight } from './sight.ts'
import type { Scene } from './stage.ts'
import { within } from './within.ts'

export interface Ending {
  /** `signed in`, `signed in, told CODE`, `signed out`, `error CODE`, or `bad`. */
  readonly kind: string
  readonly faults: readonly string[]
}

/** The last two are longer than any pause between two attempts: a minute, or what `Retry-After` said. */
const patience = [5_000, 65_000, 95_000]

/** Every fault is over, and there was time for what was planned. The person comes back from the pages of others. */
export async function calmDown(scene: Scene): Promise<void> {
  const { appOrigin, context, late, proxy, time } = scene
  proxy.lift()
  await within(context.setOffline(false), undefined)
  await liftStorage(context)
  for (const page of context.pages()) {
    await setVisible(page, true)
    const { place } = await look(page, appOrigin)
    if (place !== 'app') await open(scene, page, '/profile')
  }
  // The clocks agree again, whatever a page that hung has kept from the browser.
  if (late.length > 0) {
    await within(Promise.all(late), undefined)
    await within(context.clock.setSystemTime(time.now()), undefined)
  }
  await settleAll(scene)
  // Nobody looks at twenty tabs at once; those behind must find their way when they are looked at again.
  const behind = context.pages().slice(0, -3)
  await Promise.all(behind.map(page => setVisible(page, false)))
  for (const pause of patience) {
    await advance(scene, pause)
    await settleAll(scene)
  }
  await Promise.all(behind.map(page => setVisible(page, true)))
}

export function endingOf(sight: Sight, mustBeSignedIn: boolean): Ending {
  const { busy, codes, place, reconnecting, signedIn, signInButton, ways } = sight
  const code = codes.find(each => each !== '')
  const faults = [
    ...(place === 'app' ? [] : [`is not in the app but at: ${place}`]),
    ...(busy === null ? [] : [`never rests: ${busy}`]),
    ...(reconnecting ? ['still waits for a network that is there'] : []),
    ...(codes.includes('') ? ['an alert without a code'] : []),
    ...(codes.length > 0 && ways.length === 0 ? ['an alert without a way on'] : []),
    ...(mustBeSignedIn && !signedIn ? ['the session was lost to a fault that passed'] : []),
    ...(signedIn || code !== undefined || signInButton
      ? []
      : ['neither signed in, nor an error, nor a way in']),
  ]
  const words = signedIn
    ? code
      ? `signed in, told ${code}`
      : 'signed in'
    : code
      ? `error ${code}`
      : 'signed out'
  return { kind: faults.length > 0 ? 'bad' : words, faults }
}

const ways = [/^Sign in again$/, /^Load the profile again$/, /^Try again$/, /^Back to your profile$/]

/** Goes the way that the page offers. @returns what is wrong with where it leads */
export async function goOn(scene: Scene, page: Page, { codes, signedIn }: Sight): Promise<string[]> {
  if (signedIn && codes.length === 0) return []
  if (codes.length > 0) for (const way of ways) if (await press(page, way)) break
  const there = signedIn ? await settle(scene, page) : await signIn(scene, page, 2)
  return there.signedIn && there.codes.length === 0
    ? []
    : [`the way on led to: ${there.place} ${there.path} ${there.codes.join()} ${there.busy ?? ''}`]
}
