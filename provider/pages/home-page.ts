/** The front door, for people who type the address by hand. */
import { html } from './html.ts'
import type { Page } from './layout.ts'

export function homePage(appOrigin: string): Page {
  return {
    title: 'Home',
    content: html`
<h1>Nothing to do here</h1>
<p class="lead">This server answers apps that want to know who you are. Start at the app, it will send you here.</p>
<ul class="plain links">
  <li><a href="${appOrigin}/">Open the app</a></li>
  <li><a href="/.well-known/openid-configuration">Read the metadata</a></li>
  <li><a href="/jwks">Read the public keys</a></li>
</ul>`,
  }
}
