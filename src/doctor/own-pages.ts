/** The two pages of this app, recognised in what a host answers: an error page or another app may come in their place. */

/** `index.html`, as it is written, built, and copied to `404.html`. */
export const isApp = (body: string): boolean => /<title>\s*PKCE Lens\s*<\/title>/i.test(body)

/** `silent-callback.html`, where hidden frames and popups end. */
export const isSilentCallback = (body: string): boolean => /<script[^>]*\bsilent-callback\.js/i.test(body)
