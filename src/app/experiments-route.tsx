/** `/experiments`: attacks on this app and its provider. The chosen one stands in the address. */
import { useSearchParams } from 'react-router'
import { browserSurroundings } from '../attack/browser-surroundings.ts'
import { experiments } from '../experiments/list.ts'
import { createLab, type Lab } from '../lab/lab.ts'
import { LabPage } from '../lab/lab-page.tsx'
import type { ClientConfig } from '../oauth/client-config.ts'
import { useClient, useSession } from '../session/session-provider.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { Progress } from '../ui/progress.tsx'
import { basePath } from './arrival.ts'
import { useConfig } from './composition-context.tsx'
import { ExperimentViews } from './experiment-views.tsx'
import { Failure } from './failure.tsx'

const cardCode = ownCode(() => import('./report-card-view.tsx'))

/** One lab for each configuration, so that what was run is still there after a visit to another page. */
const labs = new WeakMap<ClientConfig, Lab>()

function labOf(config: ClientConfig): Lab {
  const known = labs.get(config)
  if (known) return known
  const lab = createLab({
    config,
    experiments,
    surroundings: browserSurroundings(basePath),
  })
  labs.set(config, lab)
  return lab
}

export default function Component() {
  const { loaded, error } = useConfig()
  const client = useClient()
  const signedIn = useSession(session => session.status === 'signed_in')
  const [address, setAddress] = useSearchParams()
  if (!loaded) return error ? <Failure error={error} /> : <Progress label="Loading the configuration" />
  if (address.get('view') === 'report-card')
    return (
      <>
        <ExperimentViews card />
        <Part
          code={cardCode}
          props={{ config: loaded.config }}
          name="The report card"
          waiting={<Progress label="Loading the report card" />}
        />
      </>
    )
  return (
    <LabPage
      views={<ExperimentViews card={false} />}
      lab={labOf(loaded.config)}
      signedIn={signedIn}
      onSignIn={() => void client.signIn({ returnTo: `${basePath}experiments` })}
      selected={address.get('experiment')}
      onSelect={id => setAddress({ experiment: id }, { replace: true })}
    />
  )
}
