import type { Context } from './oidc-provider.ts'

/** Sends the browser on by GET, whatever brought it here (RFC 9110 §15.4.4). */
export function goOn(ctx: Context, location: string): void {
  ctx.redirect(location)
  ctx.status = 303
}
