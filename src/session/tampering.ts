/** What a person changed while a message was held; loaded only when somebody changed something. */
import type { HttpRequest } from '../oauth/step.ts'

/** Names of the parameters, headers and parts that differ, each once. */
export function changedNames(before: HttpRequest, after: HttpRequest): string[] {
  const [old, now] = [parts(before), parts(after)]
  return [...new Set([...old.keys(), ...now.keys()])].filter(name => old.get(name) !== now.get(name))
}

/** Every value under its name; one that comes twice differs from one that comes once. */
function parts({ url, body, headers, method }: HttpRequest): Map<string, string> {
  const all = new Map<string, string>()
  for (const [name, value] of [
    ...new URL(url).searchParams,
    ...new URLSearchParams(body ?? ''),
    ...Object.entries(headers),
    ['method', method],
    ['url', url.split('?')[0] ?? ''],
  ])
    all.set(String(name), `${all.get(String(name)) ?? ''}\n${value}`)
  return all
}
