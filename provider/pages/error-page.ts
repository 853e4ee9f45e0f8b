/** When the server cannot answer the app: the person sees it here, with what a developer needs to put it right. */
import type { ErrorOut } from 'oidc-provider'
import type { Context } from '../oidc-provider.ts'
import { type Html, html } from './html.ts'
import { showPage } from './layout.ts'

/** What the code means and what helps, in plain words. */
const advice: Readonly<Record<string, string>> = {
  invalid_redirect_uri:
    'The address that the answer should go to is not registered for this app. It must be the same, character by character. So nothing is sent there.',
  invalid_client: 'No app with this client_id is registered here. So there is nobody to answer.',
  invalid_request: 'A parameter is missing, doubled or wrong.',
  invalid_request_uri: 'A pushed request can be used once, within a minute. Start again from the app.',
  session_not_found:
    'This sign-in took too long, was finished already, or began in another browser. Start again from the app.',
  not_found: 'There is no page at this address.',
}

function redirectUris(registered: readonly string[], received: string | null): Html {
  return html`<h2>Redirect URI</h2>
<dl class="facts">
  <dt>Received</dt><dd><code>${received ?? 'none'}</code></dd>
  <dt>Registered for this app</dt>
  <dd><ul class="plain">${registered.map(uri => html`<li><code>${uri}</code></li>`)}</ul></dd>
</dl>`
}

export interface ErrorFacts {
  readonly code: string
  readonly description: string | null
  readonly registered: readonly string[] | null
  readonly received: string | null
  /** Where the person can go on. */
  readonly appOrigin: string
}

/** Shows the error. Everything that came from outside stands there as text. */
export function showError(ctx: Context, facts: ErrorFacts, status: number): void {
  showPage(
    ctx,
    {
      title: 'Error',
      content: html`
<h1>This request cannot be answered</h1>
<div role="alert" data-error-code="${facts.code}">
  <p class="lead">${advice[facts.code] ?? 'The authorization server refused the request.'}</p>
  <dl class="facts">
    <dt>Error</dt><dd><code>${facts.code}</code></dd>
    ${facts.description !== null && html`<dt>Description</dt><dd>${facts.description}</dd>`}
  </dl>
</div>
${facts.registered && redirectUris(facts.registered, facts.received)}
<p><a href="${facts.appOrigin}/">Go back to the app</a></p>`,
    },
    status,
  )
}

/** Hook of the library for errors that must not be sent to the app (RFC 6749 §4.1.2.1). */
export function errorPage(appOrigin: string): (ctx: Context, out: ErrorOut) => void {
  return (ctx, out) => {
    const received = ctx.oidc.params?.['redirect_uri'] ?? ctx.query['redirect_uri']
    const tooLate =
      out.error === 'invalid_request' && /session|interaction|expired/.test(out.error_description ?? '')
    const facts = {
      code: tooLate ? 'session_not_found' : out.error,
      description: out.error_description ?? null,
      registered: out.error === 'invalid_redirect_uri' ? (ctx.oidc.client?.redirectUris ?? null) : null,
      received: typeof received === 'string' ? received : null,
      appOrigin,
    }
    showError(ctx, facts, Math.max(ctx.status, 400))
  }
}
