/**
 * A person without a browser: follows redirects by hand and keeps cookies, so that a sign-in page can be driven by
 * plain HTTP. Cookies are kept by name only: every address of one run is on the same loopback host.
 */
export class CookieJar {
  private readonly cookies = new Map<string, string>()

  /** One request, redirects not followed, cookies sent and kept. */
  async send(url: URL, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers)
    if (this.cookies.size > 0)
      headers.set('Cookie', [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; '))
    const response = await fetch(url, { ...init, headers, redirect: 'manual' })
    for (const line of response.headers.getSetCookie()) this.keep(line)
    return response
  }

  /**
   * Follows redirects from `url` until a page is shown, or until the redirect points at `stopAt` (the client's own
   * redirect URI), which is not requested.
   */
  async follow(
    url: URL,
    stopAt: string,
    init: RequestInit = {},
  ): Promise<{ callback: URL } | { page: Response; at: URL }> {
    let at = url
    let response = await this.send(at, init)
    for (let hops = 0; hops < 10; hops += 1) {
      const location = response.headers.get('Location')
      if (location === null) return { page: response, at }
      at = new URL(location, at)
      if (at.href.startsWith(`${stopAt}?`)) return { callback: at }
      response = await this.send(at)
    }
    throw new Error(`more than 10 redirects, the last one to ${at.origin}${at.pathname}`)
  }

  private keep(line: string): void {
    const [pair = ''] = line.split(';')
    const equals = pair.indexOf('=')
    if (equals < 1) return
    const name = pair.slice(0, equals).trim()
    const value = pair.slice(equals + 1).trim()
    const gone = /;\s*max-age=0(;|$)/i.test(line) || value === ''
    if (gone) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }
}
