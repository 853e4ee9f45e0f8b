import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog } from '../ui/dialog.tsx'
import './link-consent.css'
import { ignoredSentence, type SharedChoice } from './share-link.ts'

/** Shows what came in a link before anything of it is used. */
export function LinkConsent({
  shared,
  open,
  onUse,
  onRefuse,
}: {
  shared: SharedChoice
  open: boolean
  onUse: () => void
  onRefuse: () => void
}) {
  const { config } = shared
  const left = ignoredSentence(shared.ignored)
  return (
    <Dialog
      open={open}
      onOpenChange={next => next || onRefuse()}
      title={config ? 'Use the provider of this link?' : 'This link names no usable provider'}
      description={
        config
          ? 'Somebody gave you a link with a configuration. You would sign in at the address below, and this page would talk to it. Nothing has been sent yet.'
          : (shared.problem ?? undefined)
      }
      actions={
        <>
          <Button onClick={onRefuse}>{config ? 'Do not use it' : 'Close'}</Button>
          {config && (
            <Button variant="primary" onClick={onUse}>
              Put it into the form
            </Button>
          )}
        </>
      }
    >
      {config && (
        <dl className="choice-link">
          <Row name="Issuer" value={config.issuer} />
          <Row name="Client ID" value={config.clientId} />
          <Row name="Scopes" value={config.scope} />
          {config.resource && <Row name="Resource" value={config.resource} />}
          {config.audience && <Row name="Audience" value={config.audience} />}
          {config.profileUrl && <Row name="Profile address" value={config.profileUrl} />}
          {Object.entries(config.extraAuthorizationParams).map(([name, value]) => (
            <Row key={name} name={name} value={value} />
          ))}
        </dl>
      )}
      {config?.profileUrl && new URL(config.profileUrl).origin !== new URL(config.issuer).origin && (
        <Callout tone="warn" title="The profile address is another server">
          Your access token would be sent there. Use it only if you know that server.
        </Callout>
      )}
      {left && <p className="choice-link-left">{left}</p>}
    </Dialog>
  )
}

function Row({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <code>{value}</code>
      </dd>
    </div>
  )
}
