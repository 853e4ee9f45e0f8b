/** The provider demands something of every request of this client, or does not know what was asked for. */
import { type Cause, certain, type Failure, placeOf, providerText } from './diagnosis.ts'
import { fixBy, fixRegistered } from './finding.ts'

/** @returns no causes when the provider said nothing of the kind */
export function demandCauses({ error, facts }: Failure): Cause[] {
  if (error.protocolError === undefined) return []
  const { config } = facts
  const text = providerText(error)
  const seen = text.slice(0, 120)
  const isDemand = !/not (supported|allowed)|expired/i.test(text)
  // Refused there, and not where requests are pushed.
  const isAtAuthorization = error.code.startsWith('auth_response_')
  if (/pushed authorization/i.test(text) && isDemand && isAtAuthorization && config.par !== true)
    return [
      certain(
        'par_demanded',
        'This client has to push its requests',
        seen,
        'The registration of the client demands it, which the metadata does not tell (RFC 9126 §6).',
        fixBy('Turn pushed requests on.', {
          field: 'par',
          value: 'true',
          label: 'Turn pushed requests on',
        }),
      ),
    ]
  if (/request object.*(must|required|missing)|(must|missing).*request object/i.test(text))
    return [
      certain(
        'request_object_demanded',
        'This client has to sign its requests',
        seen,
        'The registration of the client demands signed request objects (RFC 9101). This app makes none: whoever reads a page has its key, unless the key is made anew for each browser, and then nobody knows it.',
        fixBy(
          'Switch it off for this client at the provider. Pushed requests protect the parameters as well.',
        ),
      ),
    ]
  if (/dpop.*(must|required|missing|not provided)|(must|missing|required).*dpop/i.test(text) && !config.dpop)
    return [
      certain(
        'dpop_demanded',
        'This client has to bind its tokens to a key',
        seen,
        'The registration of the client demands DPoP (RFC 9449), and it is off here: no proof was sent.',
        fixBy('Turn DPoP on.', { field: 'dpop', value: 'true', label: 'Turn DPoP on' }),
      ),
    ]
  if (error.protocolError === 'invalid_target' || /service not found/i.test(text))
    return [
      certain(
        'resource_unknown',
        'The provider does not know the API that was asked for',
        config.resource ?? config.audience ?? seen,
        'Resource and audience name an API by the identifier that it is registered under (RFC 8707 §2). It is misspelt, not registered, or this client may not ask for it.',
        fixBy('Compare it letter by letter with the identifier in the console, the slash at the end too.'),
      ),
    ]
  if (
    error.code.startsWith('par_') &&
    error.protocolError !== 'invalid_client' &&
    /redirect.?uri/i.test(text)
  )
    return [
      certain(
        'redirect_uri_not_registered',
        'The redirect address is not registered',
        config.redirectUri,
        `The provider looked at the pushed request before anybody was sent there, and says: ${seen}`,
        fixRegistered(
          'Register exactly this address. Scheme, host, port, path and slash all count.',
          placeOf(facts, 'redirect'),
          config.redirectUri,
        ),
      ),
    ]
  return []
}
