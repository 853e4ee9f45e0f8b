/** Other documents of the browser: a hidden frame, a popup, a form that leaves the page. Loaded when one is needed. */
import { isObject, textOf } from '../oauth/check.ts'
import { OAuthError } from '../oauth/oauth-error.ts'
import type { CallbackWindow } from './ports.ts'

/** LOUT-06: leaves by a form POST, so that nothing secret stands in an address. */
export function postForm(url: string, body: string): void {
  const form = document.createElement('form')
  form.method = 'post'
  form.action = url
  form.hidden = true
  for (const [name, value] of new URLSearchParams(body)) {
    const input = document.createElement('input')
    input.type = 'hidden'
    input.name = name
    input.value = value
    form.append(input)
  }
  document.body.append(form)
  nameOrigin()
  form.submit()
  form.remove()
}

/** Milliseconds after which a page that the form did not leave has its policy again. */
const leaving = 2_000

/**
 * Under `no-referrer` a form comes with `Origin: null`, which servers refuse that check CORS on every request, Spring's
 * among them. For this one the origin is named, and nothing more of the address. A page that had no such element has
 * `no-referrer` from then on.
 */
function nameOrigin(): void {
  const meta =
    document.querySelector<HTMLMetaElement>('meta[name=referrer]') ?? document.createElement('meta')
  const { content } = meta
  meta.name = 'referrer'
  meta.content = 'strict-origin'
  if (!meta.isConnected) document.head.append(meta)
  const restore = () => {
    meta.content = content || 'no-referrer'
  }
  addEventListener('pagehide', restore, { once: true })
  setTimeout(restore, leaving)
}

/** WEB-06: only our own callback page, in exactly this frame, is heard. */
export function openFrame(url: string): CallbackWindow {
  const frame = document.createElement('iframe')
  frame.hidden = true
  frame.title = 'Silent sign-in'
  frame.src = url
  const giveUp = new AbortController()
  const answer = new Promise<string>(resolve => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== location.origin || event.source !== frame.contentWindow) return
      const query = callbackQuery(event.data)
      if (query !== null) resolve(query)
    }
    addEventListener('message', hear, { signal: giveUp.signal })
  })
  document.documentElement.append(frame)
  return {
    answer,
    close: () => {
      giveUp.abort()
      frame.remove()
    },
  }
}

/** The popup's answer is the broadcast that carries our `state`; `closed` alone is no answer (WEB-08). */
export function followPopup(handle: Window, url: string, state: string): CallbackWindow {
  const channel = new BroadcastChannel('pkce-lens.callback')
  let giveUp = () => {}
  const answer = new Promise<string>((resolve, reject) => {
    giveUp = () => reject(new OAuthError({ code: 'popup_closed', expected: 'an answer', received: 'none' }))
    channel.addEventListener('message', (event: MessageEvent<unknown>) => {
      const query = callbackQuery(event.data)
      if (query !== null && new URLSearchParams(query).get('state') === state) resolve(query)
    })
  })
  // Whoever gives it up need not wait for it.
  answer.catch(() => {})
  // Closed while the provider was asked where to go: nobody will answer. Once it is away, `closed` may be its doing.
  if (handle.closed) giveUp()
  else handle.location.replace(url)
  return {
    answer,
    close: () => {
      channel.close()
      giveUp()
    },
  }
}

/** The query that `silent-callback.html` hands over, to a frame with its fragment (RESP-09); null for any other message. */
export function callbackQuery(data: unknown): string | null {
  if (!isObject(data) || data['type'] !== 'pkce-lens.callback') return null
  const query = textOf(data['query'])
  return query === undefined ? null : query + (textOf(data['fragment']) ?? '')
}
