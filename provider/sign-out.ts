/** Around the library's sign-out: "Stay signed in", and a redirect in place of its page that sends itself. */
import { formOf } from './form-body.ts'
import type { Context, Middleware } from './oidc-provider.ts'
import { goOn } from './redirect.ts'

/**
 * Confirms the sign-out without a question. A page that sent itself would stand in the history, and Back from the app
 * would ask to send its form again.
 */
export function confirmByRedirect(ctx: Context): void {
  const xsrf = String(ctx.oidc.session?.state?.['secret'])
  goOn(ctx, `/logout/confirm?${new URLSearchParams({ xsrf, logout: 'yes' })}`)
}

export const serveSignOut: Middleware = async (ctx, next) => {
  if (ctx.path === '/logout/confirm') {
    const answer = ctx.method === 'POST' ? formOf(ctx) : new URLSearchParams(ctx.querystring)
    // "Stay signed in". The library would end the app's tokens, and return to the app as after a sign-out.
    if (!answer.get('logout')) {
      goOn(ctx, '/logout/success')
      return
    }
  }
  await next()
  const body: unknown = ctx.body
  // Nobody is signed in, or somebody else has just given a password: the library asks nobody either.
  const sendsItself = `<form method="post" action="${ctx.protocol}://${ctx.host}/logout/confirm">`
  if (typeof body === 'string' && body.includes(sendsItself)) confirmByRedirect(ctx)
}
