/** A person with a browser, for tests: keeps cookies, follows redirects on the provider, presses buttons of forms. */

export interface Shown {
  /** Where the browser is, or where it was sent when it left the provider. */
  readonly url: URL
  readonly status: number
  readonly headers: Headers
  readonly text: string
  /** True when a redirect led away from the provider; then `url` is the answer to the app. */
  readonly left: boolean
}

interface Cookie {
  readonly value: string
  readonly path: string
}

const unescapeHtml = (text: string): string =>
  text
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&amp;', '&')

const attribute = (tag: string, name: string): string | null => {
  const value = new RegExp(`\\s${name}="([^"]*)"`).exec(tag)?.[1]
  return value === undefined ? null : unescapeHtml(value)
}

export class Visitor {
  readonly #home: string
  readonly #cookies = new Map<string, Cookie>()

  /** @param home origin of the provider */
  constructor(home: string) {
    this.#home = home
  }

  /** Opens an address (or sends a form to it) and follows redirects as long as they stay at the provider. */
  async open(address: string | URL, form?: URLSearchParams): Promise<Shown> {
    let url = new URL(address, this.#home)
    let body = form
    for (let hops = 0; hops < 10; hops += 1) {
      const response = await fetch(url, {
        method: body ? 'POST' : 'GET',
        redirect: 'manual',
        headers: {
          accept: 'text/html',
          cookie: this.#cookieHeader(url),
          ...(body ? { origin: this.#home } : {}),
        },
        body: body ?? null,
      })
      this.#remember(response.headers)
      const text = await response.text()
      const location = response.headers.get('location')
      if (location === null)
        return { url, status: response.status, headers: response.headers, text, left: false }
      url = new URL(location, url)
      body = undefined
      if (url.origin !== this.#home)
        return { url, status: response.status, headers: response.headers, text, left: true }
    }
    throw new Error(`too many redirects at ${url.href}`)
  }

  /**
   * Presses the button of the form whose action ends so.
   * @param typed values for its fields; hidden fields send what they hold
   */
  async submit(
    shown: Shown,
    actionEnd: string,
    typed: Readonly<Record<string, string>> = {},
  ): Promise<Shown> {
    for (const [, open = '', content = ''] of shown.text.matchAll(/(<form[^>]*>)([\s\S]*?)<\/form>/g)) {
      const action = attribute(open, 'action') ?? ''
      if (!action.endsWith(actionEnd)) continue
      const values = new URLSearchParams()
      for (const [input] of content.matchAll(/<input[^>]*>/g)) {
        const name = attribute(input, 'name')
        if (name !== null) values.set(name, typed[name] ?? attribute(input, 'value') ?? '')
      }
      return this.open(new URL(action, shown.url), values)
    }
    throw new Error(`no form for ${actionEnd} on ${shown.url.href}: ${shown.text}`)
  }

  #cookieHeader(url: URL): string {
    const fitting = [...this.#cookies].filter(([, { path }]) => url.pathname.startsWith(path))
    return fitting.map(([name, { value }]) => `${name.split('|')[0]}=${value}`).join('; ')
  }

  #remember(headers: Headers): void {
    for (const line of headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
      const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/'
      const id = `${name}|${path}`
      if (value === '' || /expires=Thu, 01 Jan 1970/i.test(line)) this.#cookies.delete(id)
      else this.#cookies.set(id, { value, path })
    }
  }
}
