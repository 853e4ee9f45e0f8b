/**
 * Runs before everything else: keeps the address as it was, and takes a callback's parameters out of the address
 * bar and the history before any other script sees them (RESP-10).
 */
const { pathname: asked, search, hash } = location

/** The path the app is served under, with both slashes. */
export const basePath = import.meta.env.BASE_URL

// Some hosts add a slash at the end, or leave out the one of the folder; a page has one address.
const trimmed = asked.replace(/\/+$/, '')
const pathname = trimmed.length < basePath.length ? basePath : trimmed
if (pathname !== asked) history.replaceState(history.state, '', location.origin + pathname + search + hash)

/** The address on arrival, code and state included; it lives in memory only. */
export const arrivalUrl = location.href

/** The page was loaded where a provider's answer arrives. */
export const isCallback = pathname === `${basePath}callback`

if (isCallback) history.replaceState(history.state, '', pathname)
// Back from the provider's sign-out: its `state` has no use in the address bar either.
else if (pathname === basePath && /[?&]state=/.test(search)) history.replaceState(history.state, '', pathname)
