/** A scripted hand on the held messages: the attacker's edit, made at the same port where a person would pause. */
import { jsonObject } from '../oauth/check.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { HeldMessage, Purpose } from '../oauth/step.ts'
import { needsThePerson } from './verdict.ts'

/** Returns the message to send instead, or null when this is not the one to edit. */
export type Edit = (message: HeldMessage) => HeldMessage | null | Promise<HeldMessage | null>

export interface ScriptedHold {
  readonly hold: (message: HeldMessage) => Promise<HeldMessage>
  /**
   * Runs with this edit in force.
   * @throws OAuthError `attack_not_made` when the message to edit never came: the run would prove nothing
   */
  during<T>(edit: Edit | undefined, run: () => Promise<T>): Promise<T>
}

/** @param forged hears every text that an edit brought in */
export function createScriptedHold(forged: (text: string) => void): ScriptedHold {
  let current: Edit | undefined
  let used = false
  return {
    hold: async message => {
      const edited = (await current?.(message)) ?? null
      if (edited === null) return message
      used = true
      const before = new Set(textsIn(message))
      for (const text of textsIn(edited)) if (!before.has(text)) forged(text)
      return edited
    },
    async during(edit, run) {
      current = edit
      used = false
      let failure: unknown
      try {
        const result = await run()
        if (!edit || used) return result
      } catch (error) {
        if (!edit || used || needsThePerson(error)) throw error
        failure = error
      } finally {
        current = undefined
      }
      throw new OAuthError(
        {
          code: 'attack_not_made',
          expected: 'the message to change',
          received: failure instanceof Error ? `it never came: ${failure.message}` : 'it never came',
        },
        failure,
      )
    },
  }
}

/** Changes the form of a request. */
export const editForm =
  (purpose: Purpose, change: (form: URLSearchParams) => void): Edit =>
  message => {
    if (message.type !== 'request' || message.purpose !== purpose) return null
    const form = new URLSearchParams(message.request.body ?? '')
    change(form)
    return { ...message, request: { ...message.request, body: form.toString() } }
  }

/** Changes the JSON of an answer with status 200. */
export const editAnswer =
  (purpose: Purpose, change: (json: Record<string, unknown>) => Promise<Record<string, unknown>>): Edit =>
  async message => {
    if (message.type !== 'response' || message.purpose !== purpose || message.response.status !== 200)
      return null
    const json = jsonObject(message.response.body)
    return json && { ...message, response: { ...message.response, body: JSON.stringify(await change(json)) } }
  }

/** Changes the parameters of the authorization request, in the address or in the pushed form. */
export const editAuthorization =
  (change: (parameters: URLSearchParams) => void): Edit =>
  message => {
    if (message.type === 'request') return editForm('par', change)(message)
    if (message.type !== 'navigation' || message.purpose !== 'authorization') return null
    const url = new URL(message.url)
    if (url.searchParams.has('request_uri')) return null
    change(url.searchParams)
    return { ...message, url: url.href }
  }

/** Changes the answer in the address on its way back. */
export const editCallback =
  (change: (parameters: URLSearchParams) => void): Edit =>
  message => {
    if (message.type !== 'callback') return null
    const url = new URL(message.url)
    change(url.searchParams)
    return { ...message, url: url.href }
  }

/** Every value in a message that may be a protocol value, to tell forged ones from those that were there. */
function textsIn(message: HeldMessage): string[] {
  if (message.type === 'navigation' || message.type === 'callback')
    return [...new URL(message.url).searchParams.values()]
  if (message.type === 'response') {
    const json = jsonObject(message.response.body) ?? {}
    return Object.values(json).filter(value => typeof value === 'string')
  }
  const { request } = message
  return [
    ...new URL(request.url).searchParams.values(),
    ...new URLSearchParams(request.body ?? '').values(),
    ...Object.values(request.headers).map(value => value.replace(/^(Bearer|DPoP) /, '')),
  ]
}
