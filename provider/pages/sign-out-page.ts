/** RP-Initiated Logout: a question when nobody vouches for the request, none when the ID token of the session comes along. */
import type { Context } from '../oidc-provider.ts'
import { Html, html } from './html.ts'
import { showPage } from './layout.ts'

/** True when the request carries an ID token that this server gave to the very person who is signed in. */
function isVouchedFor(ctx: Context): boolean {
  const hint = ctx.oidc.entities.IdTokenHint
  return hint !== undefined && hint.payload['sub'] === ctx.oidc.session?.accountId
}

/**
 * Hook of the library. With a matching `id_token_hint` (OIDC RP-Initiated Logout §2) the page sends itself;
 * without script the button does the same.
 * @param form the library's form, which holds its own proof against forgery
 */
export function renderSignOutPage(ctx: Context, form: string): void {
  const appName = ctx.oidc.client?.clientName ?? 'An app'
  if (isVouchedFor(ctx)) {
    const confirmed = form.replace('</form>', '<input type="hidden" name="logout" value="yes"></form>')
    showPage(ctx, {
      title: 'Signing out',
      script: 'submit.js',
      content: html`
<h1>Signing you out</h1>
<p class="lead">${appName} asked for it and proved that it was you. This takes a moment.</p>
${new Html(confirmed)}
<button class="primary" type="submit" form="op.logoutForm">Continue</button>`,
    })
    return
  }
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

/** Hook of the library, for a sign-out that has no address to return to. */
export function renderSignedOutPage(ctx: Context): void {
  showPage(ctx, {
    title: 'Signed out',
    content: html`
<h1>You are signed out</h1>
<p class="lead">Your session at this server is over. The next sign-in asks for your password again.</p>`,
  })
}
