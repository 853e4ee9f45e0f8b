import { useMemo, useState } from 'react'
import { storeChoice } from '../choice/config-store.ts'
import { DeadEnd } from '../choice/dead-end.tsx'
import { type AppPlace, configOfForm, type FormValues, formOfConfig } from '../choice/form-values.ts'
import { LinkConsent } from '../choice/link-consent.tsx'
import { PresetPicker } from '../choice/preset-picker.tsx'
import { ProviderForm } from '../choice/provider-form.tsx'
import { readShareLink } from '../choice/share-link.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { Preset } from '../presets/preset.ts'
import { presetById } from '../presets/presets.ts'
import { Page } from '../ui/page.tsx'
import type { Failure } from './diagnosis.ts'
import { DoctorPanel } from './doctor-panel.tsx'
import { nothingPasted, type Pasted, type SignInFacts } from './facts.ts'
import { FailurePanel } from './failure-panel.tsx'
import {
  applyChange,
  consoleOf,
  emptyForm,
  isSame,
  placeOfApp,
  valuesOfPreset,
  withoutForeignProfile,
} from './form-change.ts'
import type { ProbePorts } from './probe.ts'
import { ProviderActions } from './provider-actions.tsx'
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
  /** In use now; null when none could be read. */
  readonly config: ClientConfig | null
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
  const { config: inUse, ports } = props
  const place = useMemo(() => placeOfApp(props.place, inUse), [props.place, inUse])
  const [values, setValues] = useState<FormValues>(() => (inUse ? formOfConfig(inUse) : emptyForm))
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
    lastSignIn: isSame(examined, inUse) ? props.lastSignIn : null,
    run,
  })

  const change = (next: Partial<FormValues>) => {
    if (next.issuer !== undefined && next.issuer !== values.issuer) setPasted(nothingPasted)
    setValues({ ...values, ...next })
  }
  const check = (next: FormValues) => {
    setSent(true)
    const own = withoutForeignProfile(next, inUse)
    const { config } = configOfForm(own, place)
    if (!config) return
    setValues({ ...own, issuer: config.issuer })
    setExamined(config)
    setRun(run + 1)
  }
  const choose = (chosen: Preset) => {
    setSent(false)
    setPasted(nothingPasted)
    setValues(valuesOfPreset(chosen, inUse))
  }
  const takeIt = (config: ClientConfig) => {
    storeChoice(localStorage, { config, presetId: preset.id }, place)
    props.onUse({ config, presetId: preset.id, pasted })
  }

  const changed = !isSame(form.config, examined)
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
      <div className="doctor-page">
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
                    redirectUri: place.redirectUri,
                    logoutUri: place.postLogoutRedirectUri,
                    origin: place.origin,
                  }}
                  onChange={change}
                  onSubmit={() => check(values)}
                  actions={
                    <ProviderActions
                      name={preset.id === 'any' ? 'this provider' : preset.name}
                      config={form.config}
                      inUse={inUse}
                      changed={changed}
                      running={running}
                      stops={stops}
                      pageUrl={props.pageUrl}
                      stored={props.configSource === 'stored'}
                      onSignIn={props.onSignIn}
                      onForget={props.onForget}
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
      </div>
    </Page>
  )
}
