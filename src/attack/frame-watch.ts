/** A hidden frame that is listened to and watched: an answer, or silence after its last page had loaded. */
import { isObject, textOf } from '../oauth/check.ts'
import { callbackQuery } from '../session/browser-windows.ts'

export interface WatchedFrame {
  /** Query of the callback page that answered, and its fragment when there was one. */
  readonly answer: Promise<string>
  /** Nothing was said for a while after the last page had loaded: the provider kept the browser. */
  readonly silence: Promise<void>
  /** Path of the callback page that answered. */
  path(): string | null
  close(): void
}

/** Milliseconds without a word after a page has loaded. A redirect by script shows as another load, and starts it anew. */
const quiet = 2_500

/** @param blind without any cookie of this browser, where it can do that (Chromium) */
export function watchFrame(url: string, blind = false): WatchedFrame {
  const frame = document.createElement('iframe')
  if (blind) frame.setAttribute('credentialless', '')
  frame.hidden = true
  frame.title = 'Experiment'
  frame.src = url
  const giveUp = new AbortController()
  const { signal } = giveUp
  let path: string | null = null
  let timer: ReturnType<typeof setTimeout> | undefined
  const answer = new Promise<string>(resolve => {
    const hear = (event: MessageEvent<unknown>) => {
      if (event.origin !== location.origin || event.source !== frame.contentWindow) return
      const query = callbackQuery(event.data)
      if (query === null || !isObject(event.data)) return
      path = pathOf(frame)
      clearTimeout(timer)
      resolve(query + (textOf(event.data['fragment']) ?? ''))
    }
    addEventListener('message', hear, { signal })
  })
  const silence = new Promise<void>(resolve => {
    frame.addEventListener(
      'load',
      () => {
        clearTimeout(timer)
        if (path === null) timer = setTimeout(resolve, quiet)
      },
      { signal },
    )
  })
  document.documentElement.append(frame)
  return {
    answer,
    silence,
    path: () => path,
    close: () => {
      giveUp.abort()
      clearTimeout(timer)
      frame.remove()
    },
  }
}

/** Readable once the frame is on a page of ours. */
function pathOf(frame: HTMLIFrameElement): string | null {
  try {
    return frame.contentWindow?.location.pathname ?? null
  } catch {
    return null
  }
}
