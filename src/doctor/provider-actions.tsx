import { shareLink } from '../choice/share-link.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { isSame } from './form-change.ts'

/** The buttons under the form: check, use, sign in, whichever is next, and what else can be done. */
export function ProviderActions({
  name,
  config,
  inUse,
  changed,
  running,
  stops,
  refused,
  pageUrl,
  stored,
  onSignIn,
  onForget,
  onUse,
}: {
  name: string
  config: ClientConfig | null
  inUse: ClientConfig | null
  changed: boolean
  running: boolean
  stops: boolean
  /** the browser did not keep the choice */
  refused: boolean
  /** Address of the provider page, for the link. */
  pageUrl: string
  stored: boolean
  onSignIn: () => void
  onForget: () => void
  onUse: (config: ClientConfig) => void
}) {
  const used = isSame(config, inUse)
  const main = changed ? 'check' : used ? 'sign_in' : 'use'
  return (
    <>
      {refused && (
        <Alert code="storage_unavailable" title="This browser keeps nothing for this address">
          The choice of a provider is kept in its local storage, and it refused. Allow site data for this
          address or leave private mode, then use the provider again; or name it in config.json.
        </Alert>
      )}
      {main === 'check' && (
        <Button type="submit" variant="primary" size="lg">
          Check
        </Button>
      )}
      {main === 'use' && config && (
        <Button
          variant={stops ? undefined : 'primary'}
          size="lg"
          disabled={running}
          onClick={() => onUse(config)}
        >
          {stops ? `Use ${name} anyway` : `Use ${name}`}
        </Button>
      )}
      {main === 'sign_in' && (
        <Button variant={stops ? undefined : 'primary'} size="lg" onClick={onSignIn}>
          Sign in
        </Button>
      )}
      {main !== 'check' && (
        <Button type="submit" size="lg" icon="refresh" pending={running}>
          Check again
        </Button>
      )}
      {config && (
        <CopyButton text={() => shareLink(pageUrl, config)} label="Copy a link with this configuration">
          Copy a link
        </CopyButton>
      )}
      {stored && (
        <Button variant="quiet" onClick={onForget}>
          Back to config.json
        </Button>
      )}
    </>
  )
}
