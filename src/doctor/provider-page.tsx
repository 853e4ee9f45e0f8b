import { type ReactNode, useMemo, useState } from 'react'
import { forgetChoice, storeChoice } from '../choice/config-store.ts'
import { type AppPlace, formOfConfig } from '../choice/form-values.ts'
import { LinkConsent } from '../choice/link-consent.tsx'
import { readShareLink } from '../choice/share-link.ts'
import type { ClientConfig } from '../oauth/client-config.ts'
import { presetById, recognise } from '../presets/presets.ts'
import { Page } from '../ui/page.tsx'
import { presetLike } from './demo-config.ts'
import type { Failure } from './diagnosis.ts'
import { DoctorPanel } from './doctor-panel.tsx'
import { nothingPasted, type Pasted } from './facts.ts'
import { FailurePanel } from './failure-panel.tsx'
import { consoleOf, emptyForm, isSame, placeOfApp, presetInUse } from './form-change.ts'
import { factsFor, type LastSignIn } from './last-sign-in.ts'
import type { ProbePorts } from './probe.ts'
import { ProviderActions } from './provider-actions.tsx'
import { ProviderChoice } from './provider-choice.tsx'
import './provider-page.css'
import { nextRun, useExamination } from './use-examination.tsx'
import { useProviderForm } from './use-provider-form.tsx'

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
  /** What `config.json` says; null when it cannot be read. */
  readonly file: ClientConfig | null
  /** The demo provider that runs beside the app; null when none is known to. */
  readonly demo: ClientConfig | null
  /** Where the app runs. */
  readonly place: AppPlace
  /** Address of this page without query, for the share link. */
  readonly pageUrl: string
  /** Query of the address, with its question mark; what came in it is asked about before it is used. */
  readonly search: string
  readonly ports: ProbePorts
  readonly lastFailure: Failure | null
  readonly lastSignIn: LastSignIn | null
  /** Called after the choice was stored. */
  readonly onUse: (used: UsedProvider) => void
  /** Back to `config.json`. */
  readonly onForget: () => void
  /** @param pasted documents that stand in for those which the browser may not read; unverified */
  readonly onSignIn: (pasted: Pasted) => void
  /** Stands below the form and the findings. */
  readonly below?: ReactNode
}

/** What is examined. */
interface Asked {
  readonly config: ClientConfig | null
  readonly presetId: string
  readonly pasted: Pasted
  readonly run: number
}

/** `/provider`: who signs people in, and the doctor beside it. */
export function ProviderPage(props: ProviderPageProps) {
  const { config: inUse, demo, ports, search, onUse, lastFailure } = props
  const place = useMemo(() => placeOfApp(props.place, inUse), [props.place, inUse])
  const shared = useMemo(() => readShareLink(search, place), [search, place])
  const [asking, setAsking] = useState(shared !== null)
  const [refused, setRefused] = useState(false)
  const formInUse = () =>
    inUse && formOfConfig(inUse, presetInUse(inUse, props.configSource === 'stored', place, demo))
  const [initial] = useState(() => formInUse() ?? emptyForm)
  const [asked, setAsked] = useState<Asked>(() => ({
    config: inUse,
    presetId: initial.presetId,
    pasted: nothingPasted,
    run: nextRun(),
  }))

  const examined = asked.config
  const examination = useExamination({
    // What came in a link is decided upon first; until then nothing is asked at all.
    config: asking ? null : examined,
    preset: consoleOf(presetById(asked.presetId), examined, demo),
    ports,
    pasted: asked.pasted,
    lastSignIn: isSame(examined, inUse) ? factsFor(props.lastSignIn, inUse) : null,
    run: asked.run,
  })

  // With keys alone, the document that was read belongs to them.
  const { discovery, keys } = asked.pasted
  const pasted = { discovery: discovery ?? (keys === null ? null : (examination?.discovery ?? null)), keys }
  const signIn = () => props.onSignIn(pasted)
  const metadata = examined?.issuer === inUse?.issuer ? (discovery ?? examination?.discovery ?? null) : null
  const failure = useMemo(
    () =>
      lastFailure && {
        ...lastFailure,
        facts: { ...lastFailure.facts, preset: recognise(lastFailure.facts.preset, metadata) },
      },
    [lastFailure, metadata],
  )
  const use = (config: ClientConfig, presetId: string) => {
    // A copy of `config.json` would hide the file from then on.
    const isUsual = consoleOf(presetById(presetId), config, demo) === presetLike(config, demo)
    const isOfFile = isUsual && isSame(config, props.file)
    const stored = isOfFile || storeChoice(() => localStorage, { config, presetId }, place)
    if (isOfFile) forgetChoice(() => localStorage)
    setRefused(!stored)
    if (stored) onUse({ config, presetId, pasted })
  }

  const form = useProviderForm({
    initial,
    inUse,
    demo,
    place,
    onComplete(config, presetId) {
      setRefused(false)
      setAsked({
        config,
        presetId,
        pasted: examined?.issuer === config.issuer ? asked.pasted : nothingPasted,
        run: nextRun(),
      })
    },
  })
  const changed = !isSame(form.config, examined)

  return (
    <Page
      width="wide"
      title="Who signs people in?"
      lede="Start with the demo provider, or bring your own. The doctor asks the provider the same questions this browser will ask, and says what to change when it refuses."
    >
      {shared && (
        <LinkConsent
          shared={shared}
          inUse={inUse}
          open={asking}
          onRefuse={() => setAsking(false)}
          onUse={() => {
            setAsking(false)
            if (shared.config) form.fill(formOfConfig(shared.config, presetLike(shared.config, demo)))
          }}
        />
      )}
      {failure && (
        <FailurePanel
          failure={failure}
          onChange={change => form.fix(change, formInUse())}
          onSignIn={signIn}
        />
      )}
      <div className="doctor-page">
        <div className="doctor-columns">
          <ProviderChoice
            form={form}
            place={place}
            actions={name => (
              <ProviderActions
                name={name}
                config={form.config}
                inUse={inUse}
                changed={changed}
                running={examination !== null && examination.took === null}
                stops={examination?.findings.some(each => each.stops && each.level === 'fail') ?? false}
                refused={refused}
                pageUrl={props.pageUrl}
                stored={props.configSource === 'stored'}
                onSignIn={signIn}
                onForget={props.onForget}
                onUse={config => use(config, form.values.presetId)}
              />
            )}
          />
          <DoctorPanel
            config={examined}
            examination={examination}
            changed={changed}
            origin={place.origin}
            onChange={change =>
              form.fix(change, examined && formOfConfig(examined, presetById(asked.presetId)))
            }
            onPaste={(what, text) =>
              setAsked({ ...asked, pasted: { ...asked.pasted, [what]: text }, run: nextRun() })
            }
          />
        </div>
      </div>
      {props.below}
    </Page>
  )
}
