/** RP-Initiated Logout: a question when nobody vouches for the request, none when the ID token of the session comes along. */
import type { Context } from '../oidc-provider.ts'
import { confirmByRedirect } from '../sign-out.ts'
import { Html, html } from './html.ts'
import { showPage } from './layout.ts'

/** True when the request carries an ID token that this server gave to the very person who is signed in. */
function isVouchedFor(ctx: Context): boolean {
  const hint = ctx.oidc.entities.IdTokenHint
  return hint !== undefined && hint.payload['sub'] === ctx.oidc.session?.accountId
}

/**
 * Hook of the library. With a matching `id_token_hint` (OIDC RP-Initiated Logout §2) nothing is asked and no page is
 * shown.
 * @param form the library's form, which holds its own proof against forgery
 */
export function renderSignOutPage(ctx: Context, form: string): void {
  if (isVouchedFor(ctx)) {
    confirmByRedirect(ctx)
    return
  }
  const appName = ctx.oidc.client?.clientName ?? 'An app'
  showPage(ctx, {
    title: 'Sign out',
    content: html`
<h1>Sign out here?</h1>
<p class="lead">${appName} asks to end your session at this server. Other apps that you opened with it will have to ask again.</p>
${new Html(form)}
<div class="choices">
  <button class="primary" type="submit" form="op.logoutForm" name="logout" value="yes" autofocus>Sign out</button>
  <button class="secondary" type="submit" form="op.logoutForm">Stay signed in</button>
</div>`,
  })
}

const signedOut = {
  title: 'You are signed out',
  lead: 'Your session at this server is over. The next sign-in asks for your password again.',
}
const stillSignedIn = { title: 'You are still signed in', lead: 'Your session at this server goes on.' }

/** Hook of the library, for a sign-out that has no address to return to. Whoever stays signed in comes here too. */
export function signOutResultPage(appOrigin: string): (ctx: Context) => Promise<void> {
  return async ctx => {
    const { accountId } = await ctx.oidc.provider.Session.get(ctx)
    const { lead, title } = accountId === undefined ? signedOut : stillSignedIn
    showPage(ctx, {
      title,
      content: html`
<h1>${title}</h1>
<p class="lead">${lead}</p>
<p><a href="${appOrigin}/">Go back to the app</a></p>`,
    })
  }
}
