/**
 * The library, loaded in one place: on Node 20 it prints one line ("Unsupported runtime") though everything
 * used here works and is tested there. Only that line is held back.
 */
import type ProviderClass from 'oidc-provider'
import type { KoaContextWithOIDC } from 'oidc-provider'

// The library calls URL.parse, which came late to Node 20.
if (!('parse' in URL))
  Object.defineProperty(URL, 'parse', {
    value: (address: string, base?: string) => (URL.canParse(address, base) ? new URL(address, base) : null),
  })

const warn = console.warn
console.warn = (...words: unknown[]) => {
  if (!String(words[0]).includes('Unsupported runtime')) warn(...words)
}
const library = await import('oidc-provider')
console.warn = warn

export const Provider = library.Provider
export const errors = library.errors
export const interactionPolicy = library.interactionPolicy

export type Provider = ProviderClass
export type Context = KoaContextWithOIDC
type Next = () => Promise<unknown>

/** One step in front of the library: it may edit the request, answer by itself, or edit the answer. */
export type Middleware = (ctx: Context, next: Next) => Promise<void>
