/** What the Code tab offers for a message. */
import type { Message } from '../sequence/message.ts'
import { recipes, renewedIdToken } from './code-recipes.ts'
import { requestOf, valuesNear } from './flow-values.ts'
import { curlFor, fetchFor, navigationFor } from './request-code.ts'

export interface Snippet {
  readonly id: 'shell' | 'script'
  /** `cURL`, `fetch`, `openssl`, `JavaScript`. */
  readonly label: string
  readonly text: string
  readonly variables: readonly string[]
}

/** @param origin of this page, which cURL has to name itself */
export function snippetsFor(message: Message, messages: readonly Message[], origin: string): Snippet[] {
  const isRenewed = message.kind === 'id_token_checked' && message.flowType === 'refresh'
  const recipe = isRenewed ? renewedIdToken : recipes[message.kind]
  if (recipe !== undefined) {
    const { shell, script, variables, scriptVariables = [] } = recipe
    return [
      ...(shell === undefined ? [] : [{ id: 'shell', label: 'openssl', text: shell, variables } as const]),
      ...(script === undefined
        ? []
        : [
            {
              id: 'script',
              label: 'JavaScript',
              text: script,
              variables: [...variables, ...scriptVariables],
            } as const,
          ]),
    ]
  }
  const known = valuesNear(message, messages)
  const source = requestOf(message, messages)
  if (source.channel === 'front' && source.url !== null) {
    const request = source.request ?? { method: 'GET', url: source.url, headers: {}, body: null }
    const script =
      source.request === null || source.request.body === null ? navigationFor(request.url, known) : null
    return [
      { id: 'shell', label: 'cURL', ...curlFor(request, known, null) },
      ...(script === null ? [] : [{ id: 'script', label: 'JavaScript', ...script } as const]),
    ]
  }
  if (source.request === null) return []
  const fetched = fetchFor(source.request, known)
  // Without a body there is nothing to parse: a revocation ends in a bare 200.
  const text =
    message.kind.endsWith('_response') && message.response?.body !== ''
      ? `${fetched.text}\nconst body = await response.json()`
      : fetched.text
  return [
    { id: 'shell', label: 'cURL', ...curlFor(source.request, known, origin) },
    { id: 'script', label: 'fetch', ...fetched, text },
  ]
}
