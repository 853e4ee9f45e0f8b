/** What the provider was asked, out of its own log. */
import type { Demo } from '../provider/demo.ts'

export const tokenRequests = (demo: Demo, grant: string) =>
  demo.log.entries.filter(({ path, form }) => path === '/token' && form.get('grant_type') === grant)

/** Without a word to the person: in a frame, or by a redirect of the whole page. */
export const silentRequests = (demo: Demo, from: number) =>
  demo.log.entries
    .slice(from)
    .filter(({ path, query }) => path === '/authorize' && query.get('prompt') === 'none')

/** To the page that answers a frame or a popup. */
export const toSilentCallback = ({ query }: { query: URLSearchParams }) =>
  new URL(query.get('redirect_uri') ?? '').pathname === '/silent-callback.html'
