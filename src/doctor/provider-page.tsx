import { useMemo, useState } from 'react'
import { storeChoice, wireOfConfig } from '../choice/config-store.ts'
import { DeadEnd } from '../choice/dead-end.tsx'
import {
  type AppPlace,
  configOfForm,
  type FormValues,
  formOfConfig,
  splitScope,
} from '../choice/form-values.ts'
import { LinkConsent } from '../choice/link-consent.tsx'
import { PresetPicker } from '../choice/preset-picker.tsx'
import { ProviderForm } from '../choice/provider-form.tsx'
import { readShareLink, shareLink } from '../choice/share-link.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Preset } from '../presets/preset.ts'
import { presetById, presetOfIssuer } from '../presets/presets.ts'
import { Button } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Page } from '../ui/page.tsx'
import type { Failure } from './diagnosis.ts'
import { DoctorPanel } from './doctor-panel.tsx'
import { nothingPasted, type Pasted, type SignInFacts } from './facts.ts'
import { FailurePanel } from './failure-panel.tsx'
import type { Change } from './finding.ts'
import type { ProbePorts } from './probe.ts'
import './provider-page.css'
import { useExamination } from './use-examination.tsx'

/** What the person decided to use. */
export interface UsedProvider {
  readonly config: ClientConfig
  readonly presetId: string
  /** Documents that the browser may not read and that were pasted; unverified. */
  readonly pasted: Pasted
}

export interface ProviderPageProps {
  /** In use now. */
  readonly config: ClientConfig
  readonly configSource: 'config.json' | 'stored'
  /** Where the app runs. */
  readonly place: AppPlace
  /** Address of this page without query, for the share link. */
  readonly pageUrl: string
  /** Query of the address, with its question mark; what came in it is asked about before it is used. */
  readonly search: string
  readonly ports: ProbePorts
  readonly lastFailure: Failure | null
  readonly lastSignIn: SignInFacts | null
  /** Called after the choice was stored. */
  readonly onUse: (used: UsedProvider) => void
  /** Back to `config.json`. */
  readonly onForget: () => void
  readonly onSignIn: () => void
}

/** `/provider`: who signs people in, and the doctor beside it. */
export function ProviderPage(props: ProviderPageProps) {
  const { config: inUse, place, ports } = props
  const [values, setValues] = useState<FormValues>(() => formOfConfig(inUse))
  const [examined, setExamined] = useState<ClientConfig | null>(inUse)
  const [run, setRun] = useState(0)
  const [pasted, setPasted] = useState<Pasted>(nothingPasted)
  const [sent, setSent] = useState(false)
  const shared = useMemo(() => readShareLink(props.search, place), [props.search, place])
  const [asking, setAsking] = useState(shared !== null)

  const preset = presetById(values.presetId)
  const form = configOfForm(values, place)
  const examination = useExamination({
    // What came in a link is decided upon first; until then nothing is asked at all.
    config: asking ? null : examined,
    preset: examined ? consoleOf(preset, examined) : preset,
    ports,
    pasted,
    lastSignIn: examined && isSame(examined, inUse) ? props.lastSignIn : null,
    run,
  })

  const change = (next: Partial<FormValues>) => {
    if (next.issuer !== undefined && next.issuer !== values.issuer) setPasted(nothingPasted)
    setValues({ ...values, ...next })
  }
  const check = (next: FormValues) => {
    setSent(true)
    const { config } = configOfForm(next, place)
    if (!config) return
    setValues({ ...next, issuer: config.issuer })
    setExamined(config)
    setRun(run + 1)
  }
  const choose = (chosen: Preset) => {
    setSent(false)
    setPasted(nothingPasted)
    setValues({ ...values, ...valuesOfPreset(chosen, inUse) })
  }
  const takeIt = (config: ClientConfig) => {
    storeChoice(localStorage, { config, presetId: preset.id })
    props.onUse({ config, presetId: preset.id, pasted })
  }

  const changed = !form.config || !examined || !isSame(form.config, examined)
  const running = examination !== null && examination.took === null
  const stops = examination?.findings.some(each => each.stops && each.level === 'fail') ?? false
  return (
    <Page
      width="wide"
      title="Who signs people in?"
      lede="Start with the demo provider, or bring your own. The doctor asks the provider the same questions this browser will ask, and says what to change when it refuses."
    >
      {shared && (
        <LinkConsent
          shared={shared}
          open={asking}
          onRefuse={() => setAsking(false)}
          onUse={() => {
            setAsking(false)
            if (shared.config) check(formOfConfig(shared.config))
          }}
        />
      )}
      {props.lastFailure && (
        <FailurePanel failure={props.lastFailure} onChange={each => check(applyChange(values, each))} />
      )}
      <div className="doctor-columns">
        <section aria-label="Choose a provider">
          <PresetPicker value={preset.id} onChange={choose} />
          {preset.suitability === 'no' ? (
            <DeadEnd preset={preset} />
          ) : (
            <>
              <DeadEnd preset={preset} />
              <ProviderForm
                preset={preset}
                values={values}
                problems={sent ? form.problems : {}}
                registration={{
                  clientId: values.clientId,
                  redirectUri: (form.config ?? inUse).redirectUri,
                  logoutUri: (form.config ?? inUse).postLogoutRedirectUri,
                  origin: place.origin,
                }}
                onChange={change}
                onSubmit={() => check(values)}
                actions={
                  <Actions
                    name={preset.id === 'any' ? 'this provider' : preset.name}
                    config={form.config}
                    inUse={inUse}
                    changed={changed}
                    running={running}
                    stops={stops}
                    page={props}
                    onUse={takeIt}
                  />
                }
              />
            </>
          )}
        </section>
        <DoctorPanel
          config={examined}
          examination={examination}
          changed={changed}
          origin={place.origin}
          onChange={each => check(applyChange(values, each))}
          onPaste={(what, text) => {
            setPasted({ ...pasted, [what]: text })
            setRun(run + 1)
          }}
        />
      </div>
    </Page>
  )
}

function Actions({
  name,
  config,
  inUse,
  changed,
  running,
  stops,
  page,
  onUse,
}: {
  name: string
  config: ClientConfig | null
  inUse: ClientConfig
  changed: boolean
  running: boolean
  stops: boolean
  page: ProviderPageProps
  onUse: (config: ClientConfig) => void
}) {
  const used = config !== null && isSame(config, inUse)
  const main = changed ? 'check' : used ? 'sign_in' : 'use'
  return (
    <>
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
        <Button variant={stops ? undefined : 'primary'} size="lg" onClick={page.onSignIn}>
          Sign in
        </Button>
      )}
      {main !== 'check' && (
        <Button type="submit" size="lg" icon="refresh" pending={running}>
          Check again
        </Button>
      )}
      {config && (
        <CopyButton text={shareLink(page.pageUrl, config)} label="Copy a link with this configuration">
          Copy a link
        </CopyButton>
      )}
      {page.configSource === 'stored' && (
        <Button variant="quiet" onClick={page.onForget}>
          Back to config.json
        </Button>
      )}
    </>
  )
}

const isSame = (a: ClientConfig, b: ClientConfig) =>
  JSON.stringify(wireOfConfig(a)) === JSON.stringify(wireOfConfig(b))

/** The console that is quoted: what the person chose, unless they chose none and the issuer gives it away. */
const consoleOf = (preset: Preset, config: ClientConfig) =>
  preset.id === 'any' ? presetOfIssuer(config.issuer) : preset

function valuesOfPreset(preset: Preset, inUse: ClientConfig): Partial<FormValues> {
  if (presetOfIssuer(inUse.issuer).id === preset.id) return formOfConfig(inUse, preset)
  return {
    presetId: preset.id,
    issuer: preset.blanks.length === 0 ? preset.issuerTemplate : '',
    clientId: preset.id === 'demo' ? preset.clientIdExample : '',
    scopes: splitScope(preset.scope),
  }
}

function applyChange(values: FormValues, { field, value }: Change): FormValues {
  switch (field) {
    case 'issuer':
      return { ...values, issuer: value }
    case 'scope':
      return { ...values, scopes: splitScope(value) }
    case 'dpop':
      return { ...values, dpop: value === 'true' }
    case 'par':
      return { ...values, par: value === 'auto' ? 'auto' : value === 'true' ? 'on' : 'off' }
    case 'restore':
      return { ...values, restore: value === 'redirect' ? 'redirect' : value === 'off' ? 'off' : 'frame' }
  }
}
