/** For tests of the faults: one attack per fault, by plain HTTP. */
import type { Demo } from '../demo.ts'
import { ask } from '../test-client.ts'
import { type Shown, Visitor } from '../visitor.ts'

/** Runs the attack. @returns true when it works */
export type Scenario = (demo: Demo) => Promise<boolean>

/** How the provider reacts to a request by somebody unknown: an error sent to the app, or a page. */
export async function reaction(
  demo: Demo,
  changes: Readonly<Record<string, string | null>> = {},
): Promise<Shown & { readonly error: string | null; readonly asksForPassword: boolean }> {
  const shown = await new Visitor(demo.issuer).open(ask(demo, changes).url)
  const answer = new URLSearchParams(`${shown.url.search.slice(1)}&${shown.url.hash.slice(1)}`)
  return { ...shown, error: answer.get('error'), asksForPassword: shown.text.includes('id="password"') }
}
