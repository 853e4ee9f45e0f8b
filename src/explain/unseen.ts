/** What a browser hides from the script of a page, said where it would otherwise be missed. */
import type { Message } from '../sequence/message.ts'
import { needsPreflight } from '../sequence/preflight.ts'

export type Unseen =
  | 'browser_headers'
  | 'preflight_sent'
  | 'preflight_not_needed'
  | 'hidden_headers'
  | 'navigation_request'
  | 'navigation_response'
  | 'inferred'
  | 'in_page'
  | 'inside'

export const unseenTexts: Readonly<Record<Unseen, string>> = {
  browser_headers:
    'The browser adds headers that a script cannot read: Origin, User-Agent and the Sec-Fetch family. This app sends no cookies (credentials: omit) and no Referer.',
  preflight_sent:
    'When the server is on another origin, the browser first asks for permission with an OPTIONS request (preflight), unless it remembers an earlier yes. A script sees neither.',
  preflight_not_needed:
    'No preflight: the browser sends this kind of request at once. Even if the answer stays hidden, the server may have acted on it.',
  hidden_headers:
    'Across origins a script may read only a few headers and those that the server names in Access-Control-Expose-Headers. Set-Cookie is never shown. The HTTP version is not shown either.',
  navigation_request:
    'The tab itself made this request. A script cannot read its headers or its cookies; the cookies of the provider go with it.',
  navigation_response:
    'The answer to a navigation is a page or another redirect. A script of this app cannot read it; it sees only the address at which the tab arrives.',
  inferred:
    'This belongs to the server. The browser cannot watch it; the lens recomputes it from what was sent, and sets the answer beside it.',
  in_page:
    'This happens between the person and the provider’s own page. A script of this app can see nothing of it, and that is the point.',
  inside: 'Nothing goes over the network here. It happens inside this tab.',
}

/** What to say under the request of this message. */
export function unseenInRequest(message: Message): Unseen[] {
  if (message.channel === 'front') return ['navigation_request']
  if (message.request === null) return []
  return ['browser_headers', needsPreflight(message.request) ? 'preflight_sent' : 'preflight_not_needed']
}
