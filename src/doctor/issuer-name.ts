/** What to do when a document names another issuer than the one that was asked (META-04, stuck points 7 and 8). */
import { isLoopback } from '../oauth/client-config.ts'
import { parseUrl } from './address.ts'
import { type Fix, fixBy } from './finding.ts'

/** The document's name is offered only where it is the same server: a press must not lead to a stranger. */
export function fixOfName(given: string, named: string): Fix {
  const [asked, other] = [parseUrl(given), parseUrl(named)]
  if (asked?.hostname === 'login.microsoftonline.com' && other?.hostname === 'sts.windows.net')
    return issuerFix('This is the older endpoint of Entra ID. Add /v2.0.', withVersion(given), 'Add /v2.0')
  if (asked && other && isSameServer(asked, other))
    return issuerFix('If you trust what the document says, take its name.', named, 'Use the document’s name')
  const isUnaware =
    other !== null && (other.hostname === asked?.hostname || !other.hostname.includes('.') || isHttp(other))
  return {
    ...fixBy(
      isUnaware
        ? 'The provider does not know its public address, as behind a proxy that ends TLS. Set it there: the public hostname or issuer, and the headers of the proxy (X-Forwarded-Proto, X-Forwarded-Host).'
        : 'The name belongs to another server. Either the provider is not set up with its own name (its issuer, tenant or custom domain), or the address is not the right one. If you know that server, type its issuer above.',
    ),
    copy: isUnaware ? given : named,
    copyWhat: isUnaware ? 'the public address' : 'the name in the document',
  }
}

const issuerFix = (text: string, value: string, label: string): Fix => ({
  ...fixBy(text, { field: 'issuer', value, label }),
  copy: value,
  copyWhat: 'the issuer',
})

const withVersion = (given: string) => `${given.replace(/\/$/, '')}/v2.0`
const isHttp = ({ protocol }: URL) => protocol === 'http:'

/** 127.0.0.1 and localhost with one port are one server. */
const isSameServer = (a: URL, b: URL): boolean =>
  a.origin === b.origin ||
  (a.protocol === b.protocol && a.port === b.port && isLoopback(a.hostname) && isLoopback(b.hostname))
