/** The frame around every page of the authorization server. */
import type { Context } from '../oidc-provider.ts'
import { type Html, html } from './html.ts'

export interface Page {
  readonly title: string
  readonly content: Html
}

const info = html`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><circle cx="8" cy="8" r="6.2"/><path d="M8 7.4v3.8M8 4.9v.1"/></svg>`
const key = html`<svg class="icon brand-icon" viewBox="0 0 22 22" aria-hidden="true"><circle cx="11" cy="11" r="9.8"/><circle cx="11" cy="9" r="2.6"/><path d="M11 11.6v4.6"/></svg>`

/** The strip that says where the person is: the first thing to see and to hear. */
function whereYouAre(host: string): Html {
  return html`<p class="where">
    <span class="where-text">You are now at the <strong>authorization server</strong>. Look at the address bar:</span>
    <span class="bar">${info}<span class="bar-host">${host}</span></span>
  </p>`
}

/** A whole document. The sign-in form is the only place where a password may be typed, so every page says where it is. */
function renderPage(host: string, page: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${page.title} – Demo authorization server</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/provider.css">
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<header class="top">
  <p class="brand">${key}<span>Demo <span class="light">authorization server</span></span></p>
</header>
<main id="main" class="sheet">
${whereYouAre(host)}
${page.content}
</main>
<footer class="foot"><p>Part of PKCE Lens, for learning. Everything it knows is in memory and gone when it stops.</p></footer>
</body>
</html>
`.text
}

/** Answers with a page. */
export function showPage(ctx: Context, page: Page, status = 200): void {
  ctx.status = status
  ctx.type = 'html'
  ctx.set('Cache-Control', 'no-store')
  ctx.body = renderPage(ctx.host, page)
}
