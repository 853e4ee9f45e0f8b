/** Where the name and the password are typed. */
import type { DemoAccount } from '../accounts.ts'
import { type Html, html } from './html.ts'
import type { Page } from './layout.ts'

export interface SignInForm {
  readonly action: string
  readonly appName: string
  readonly accounts: readonly DemoAccount[]
  /** What was typed before, or the `login_hint` of the request. */
  readonly username: string
  /** Which field failed the last time. */
  readonly problem: 'username' | 'password' | 'both' | null
}

const problems = {
  username: { text: 'Type your username.', field: 'login' },
  password: { text: 'Type your password.', field: 'password' },
  both: {
    text: 'This username and password do not belong together. Try alice or bob with password.',
    field: 'login',
  },
}

function summary(problem: SignInForm['problem']): Html | null {
  if (problem === null) return null
  const { text, field } = problems[problem]
  return html`<div class="problem" role="alert" tabindex="-1" autofocus>
    <h2>Sign-in did not work</h2>
    <p><a href="#${field}">${text}</a></p>
  </div>`
}

/** One click for each demo account: its own small form, so that no script is needed. */
function shortcut(form: SignInForm, account: DemoAccount): Html {
  return html`<li>
    <form method="post" action="${form.action}">
      <input type="hidden" name="login" value="${account.username}">
      <input type="hidden" name="password" value="${account.password}">
      <button class="person" type="submit">
        <img src="${String(account.claims['picture'])}" alt="" width="36" height="36">
        <span class="person-text">
          <span class="vh">Continue as</span>
          <span class="person-name" dir="auto">${String(account.claims['name'])}</span>
          <span class="person-login"><code>${account.username}</code> with <code>${account.password}</code></span>
        </span>
      </button>
    </form>
  </li>`
}

export function signInPage(form: SignInForm): Page {
  const { problem } = form
  const invalid = (field: 'username' | 'password') =>
    problem === field || problem === 'both' ? html`aria-invalid="true" aria-describedby="problem-text"` : null
  const focusOn = problem !== null ? null : form.username === '' ? 'login' : 'password'
  return {
    title: problem === null ? 'Sign in' : 'Error: sign in',
    content: html`
${summary(problem)}
<h1>Sign in</h1>
<p class="lead"><strong>${form.appName}</strong> sent you here to find out who you are. It never sees your password.</p>
<form class="fields" method="post" action="${form.action}">
  <div class="field">
    <label for="login">Username</label>
    <input id="login" name="login" type="text" value="${form.username}" autocomplete="username" autocapitalize="none"
      spellcheck="false" required ${invalid('username')} ${focusOn === 'login' && html`autofocus`}>
  </div>
  <div class="field">
    <label for="password">Password</label>
    <input id="password" name="password" type="password" autocomplete="current-password" required
      ${invalid('password')} ${focusOn === 'password' && html`autofocus`}>
  </div>
  ${problem !== null && html`<p class="hint problem-text" id="problem-text">${problems[problem].text}</p>`}
  <button class="primary" type="submit">Sign in</button>
</form>
<section class="demo" aria-labelledby="demo-title">
  <h2 id="demo-title">Demo accounts</h2>
  <p class="hint">Two people live here, <code>alice</code> and <code>bob</code>. Both have the password <code>password</code>. Choose one to sign in with one click.</p>
  <ul class="people">${form.accounts.map(account => shortcut(form, account))}</ul>
</section>
<form class="aside" method="post" action="${form.action.replace(/\/login$/, '/deny')}">
  <button class="quiet" type="submit">Cancel and go back to ${form.appName}</button>
</form>`,
  }
}
