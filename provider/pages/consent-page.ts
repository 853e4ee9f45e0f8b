/** Where the person says yes or no to what the app asks for. */
import type { DemoAccount } from '../accounts.ts'
import { inWords } from '../scopes.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'

export interface ConsentQuestion {
  /** Address of this interaction, without a slash at the end. */
  readonly path: string
  readonly appName: string
  /** Where the answer will be sent. */
  readonly returnsTo: string
  readonly account: DemoAccount
  /** Asked for now and not agreed to before. */
  readonly newScopes: readonly string[]
  /** Agreed to earlier. */
  readonly earlierScopes: readonly string[]
}

function scopeItem(scope: string): Html {
  const words = inWords(scope)
  return html`<li class="scope">
    <span class="scope-title">${words.title}</span> <code class="scope-name">${scope}</code>
    <span class="scope-detail">${words.detail}</span>
  </li>`
}

export function consentPage(question: ConsentQuestion): Page {
  const { account, earlierScopes, newScopes } = question
  return {
    title: 'Allow access',
    content: html`
<h1>Allow ${question.appName}?</h1>
<div class="who">
  <img src="${String(account.claims['picture'])}" alt="" width="40" height="40">
  <p class="who-text">Signed in as <strong dir="auto">${String(account.claims['name'])}</strong>
    <span class="person-login"><code>${account.username}</code></span></p>
  <form method="post" action="${question.path}/forget">
    <button class="quiet" type="submit">Not you? Forget who I am</button>
  </form>
</div>
<p class="lead" id="asks"><strong>${question.appName}</strong> would like to:</p>
<ul class="scopes" aria-labelledby="asks">${newScopes.map(scopeItem)}</ul>
${
  earlierScopes.length > 0 &&
  html`<details class="earlier"><summary>You allowed ${earlierScopes.length} more before</summary>
  <ul class="scopes">${earlierScopes.map(scopeItem)}</ul></details>`
}
<p class="hint">The answer goes to <code>${question.returnsTo}</code>. It carries a code, not your password and not a token.</p>
<div class="choices">
  <form method="post" action="${question.path}/consent"><button class="primary" type="submit">Allow</button></form>
  <form method="post" action="${question.path}/deny"><button class="secondary" type="submit">Deny</button></form>
</div>`,
  }
}
