import type { ClientConfig } from '../oauth/client-config.ts'
import { Alert } from '../ui/alert.tsx'
import { Button } from '../ui/button.tsx'
import { Callout } from '../ui/callout.tsx'
import { Dialog } from '../ui/dialog.tsx'
import './link-consent.css'
import { ignoredSentence, type SharedChoice } from './share-link.ts'

/**
 * Shows what came in a link before anything of it is used.
 * @param inUse the configuration that the link would replace
 */
export function LinkConsent({
  shared,
  inUse,
  open,
  onUse,
  onRefuse,
}: {
  shared: SharedChoice
  inUse: ClientConfig | null
  open: boolean
  onUse: () => void
  onRefuse: () => void
}) {
  const { config, problem } = shared
  const left = ignoredSentence(shared.ignored)
  return (
    <Dialog
      open={open}
      onOpenChange={next => next || onRefuse()}
      title={config ? 'Use the provider of this link?' : 'This link names no usable provider'}
      description={
        config
          ? 'Somebody gave you a link with a configuration. This page would talk to the provider below, and that provider would decide where you sign in. Nothing has been sent yet.'
          : undefined
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
      {problem && (
        <Alert code={problem.code} title="Nothing of it is used">
          {problem.text}
        </Alert>
      )}
      {config && (
        <dl className="choice-link">
          <Row name="Issuer" value={config.issuer} />
          <Row name="Client ID" value={config.clientId} />
          <Row name="Scopes" value={config.scope} />
          {config.resource && <Row name="Resource" value={config.resource} />}
          {config.audience && <Row name="Audience" value={config.audience} />}
          {config.profileUrl && <Row name="Profile address" value={config.profileUrl} />}
          {config.trustedAudiences.length > 0 && (
            <Row name="Trusted audiences" value={config.trustedAudiences.join(' ')} />
          )}
          {config.dpop && <Row name="DPoP" value="on" />}
          {config.par !== 'auto' && <Row name="Pushed requests" value={config.par ? 'on' : 'off'} />}
          {config.restore !== 'frame' && <Row name="After a reload" value={config.restore} />}
          {config.endSessionMethod !== 'post' && <Row name="Sign-out at the provider" value="by a link" />}
          {Object.entries(config.extraAuthorizationParams).map(([name, value]) => (
            <Row key={name} name={`Parameter ${name}`} value={value} />
          ))}
        </dl>
      )}
      {config?.profileUrl && new URL(config.profileUrl).origin !== new URL(config.issuer).origin && (
        <Callout tone="warn" title="The profile address is another server">
          Your access token would be sent there. Use it only if you know that server.
        </Callout>
      )}
      {config && inUse && isWeaker(config, inUse) && (
        <Callout tone="warn" title="What you use now protects more">
          {lostWords(config, inUse)} Use the link only if you know why.
        </Callout>
      )}
      {left && <p className="choice-link-left">{left}</p>}
    </Dialog>
  )
}

const losesDpop = (next: ClientConfig, now: ClientConfig) => now.dpop && !next.dpop
const trustsMore = (next: ClientConfig, now: ClientConfig) =>
  next.trustedAudiences.some(each => !now.trustedAudiences.includes(each))
const losesPar = (next: ClientConfig, now: ClientConfig) => now.par === true && next.par !== true

/** What the provider is told to ask of a person anew or more strongly. */
const losesDemands = (next: ClientConfig, now: ClientConfig) =>
  ['max_age', 'acr_values', 'prompt'].filter(name => {
    const [asked, before] = [next.extraAuthorizationParams[name], now.extraAuthorizationParams[name]]
    return before !== undefined && asked !== before
  })

/** At the same provider, so that a link cannot quietly take a protection away. */
const isWeaker = (next: ClientConfig, now: ClientConfig) =>
  next.issuer === now.issuer && lostWords(next, now) !== ''

const lostWords = (next: ClientConfig, now: ClientConfig): string =>
  [
    losesDpop(next, now) && 'With this link, tokens are not bound to a key of this browser any more (DPoP).',
    losesPar(next, now) &&
      'With this link, the parameters of a sign-in may stand in the address bar (no PAR).',
    trustsMore(next, now) && 'With this link, an ID token that was made for others as well is accepted.',
    losesDemands(next, now).length > 0 &&
      `With this link, the provider is asked for another kind of sign-in than now (${losesDemands(next, now).join(', ')}).`,
  ]
    .filter(Boolean)
    .join(' ')

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
