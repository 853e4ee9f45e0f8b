/** What each kind of blocked request means, in words; the endpoint's own question adds the place in the console. */
import type { ProbePorts } from './probe.ts'
import type { BlockedCode } from './reach.ts'

export interface BlockedWords {
  readonly seen: string
  readonly why: string
  readonly advice: string
}

/** @param origin of the address that was asked */
export function blockedWords(code: BlockedCode, origin: string, ports: ProbePorts): BlockedWords {
  switch (code) {
    case 'network_offline':
      return {
        seen: 'this computer is offline',
        why: 'The browser says that there is no network.',
        advice: 'Go online and check again.',
      }
    case 'csp_blocked':
      return {
        seen: 'refused by this page’s own policy',
        why: 'The Content-Security-Policy of this app does not let it talk to this address. Nothing was sent.',
        advice: `Add ${origin} to connect-src where the app is hosted. The strict variant of the headers is pinned to one issuer.`,
      }
    case 'mixed_content_blocked':
      return {
        seen: 'http from an https page',
        why: 'A page that came over https may not ask a plain http address. Nothing was sent.',
        advice: 'Give the provider https, or run this app from localhost while you try.',
      }
    case 'request_timeout':
      return {
        seen: `no answer in ${Math.round(ports.timeout / 1000)} s`,
        why: 'The server took too long. It may be asleep, or a firewall swallows the request.',
        advice: `Open ${origin} in another tab. When it answers there, check again.`,
      }
    case 'redirect_refused':
      return {
        seen: 'redirected',
        why: 'The address answers with a redirect. Endpoints must answer themselves: a redirect could carry a code or a token to someone else.',
        advice: 'Use the address it leads to, and mind http, https and the slash at the end.',
      }
    case 'response_too_large':
      return {
        seen: 'more than one mebibyte',
        why: 'What comes from this address is larger than any answer of the protocol, so the rest of it was not read.',
        advice: `Look at what is served there: it is something else, or ${origin} sends too much.`,
      }
    case 'local_network_permission_denied':
      return {
        seen: 'permission for the local network not granted',
        why: 'The provider is on this computer or in the local network, and the browser asks before a page from the internet may reach it.',
        advice:
          'Allow it when the browser asks, or in the site settings. Running this app from localhost needs no permission.',
      }
    case 'cors_blocked':
      return {
        seen: 'fetch blocked, server reachable',
        why: 'The server is there, and its answer does not allow this origin to read it (CORS).',
        advice: `Allow the origin ${ports.origin} at the provider.`,
      }
    case 'network_unreachable':
      return {
        seen: 'no connection',
        why: 'Nothing answers at this address: a name that does not exist, a certificate that is not trusted, a closed port, or a firewall. A server that shuts other sites out (Cross-Origin-Resource-Policy) and a browser extension that blocks requests look the same from here.',
        advice: `Check the spelling of ${origin}. Open it in another tab: the browser says there what is wrong. If it opens in a tab, allow the origin ${ports.origin} at the provider, and turn extensions that block requests off for this page.`,
      }
  }
}
