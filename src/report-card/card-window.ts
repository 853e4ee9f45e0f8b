/** A window for a check: it is listened to like a sign-in window, and seen when it lands anywhere on this origin. */
import { OAuthError } from '../oauth/oauth-error.ts'
import { callbackQuery } from '../session/browser-windows.ts'
import type { CallbackWindow, Popup } from '../session/ports.ts'

export interface CardWindow extends Popup {
  go(url: string, state: string): CallbackWindow
  /** Path on this origin where the window was seen; null: not seen here. */
  landedAt(): string | null
}

/** Milliseconds between two looks at where the window is. */
const look = 60

/** Opened inside the click; null when the browser blocked it. */
export function openCardWindow(): CardWindow | null {
  const handle = open('about:blank', '', 'popup,width=520,height=680')
  if (!handle) return null
  // A page in the window could lead this tab elsewhere by it. The answer comes over the channel and needs no opener.
  handle.opener = null
  const channel = new BroadcastChannel('pkce-lens.callback')
  let landed: string | null = null
  let timer: ReturnType<typeof setInterval> | undefined
  let giveUp = () => {}
  const close = () => {
    clearInterval(timer)
    channel.close()
    handle.close()
    giveUp()
  }
  return {
    go(url, state) {
      const answer = new Promise<string>((resolve, reject) => {
        giveUp = () =>
          reject(new OAuthError({ code: 'popup_closed', expected: 'an answer', received: 'none' }))
        // Stopped while the provider was asked where to go: nobody will answer.
        if (handle.closed) return giveUp()
        channel.addEventListener('message', (event: MessageEvent<unknown>) => {
          const query = callbackQuery(event.data)
          if (query !== null && new URLSearchParams(query).get('state') === state) resolve(query)
        })
        timer = setInterval(() => {
          const at = placeOf(handle)
          if (!at || /\/silent-callback(\.html)?$/.test(at.pathname)) return
          landed = at.pathname
          clearInterval(timer)
          resolve(at.search)
        }, look)
        handle.location.replace(url)
      })
      // Nobody may be listening when it is closed.
      answer.catch(() => {})
      return { answer, close }
    },
    landedAt: () => landed,
    close,
  }
}

/** Where the window is, when that is on this origin. */
function placeOf(handle: Window): { pathname: string; search: string } | null {
  try {
    const { origin, pathname, search } = handle.location
    return origin === location.origin ? { pathname, search } : null
  } catch {
    return null
  }
}
