/** The provider report card, beside the experiments. */
import { ReportCard } from '../report-card/report-card-page.tsx'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import { Progress } from '../ui/progress.tsx'
import { basePath } from './arrival.ts'
import { useConfig } from './composition-context.tsx'
import { Failure } from './failure.tsx'

export default function ReportCardView() {
  const { loaded, error } = useConfig()
  const client = useClient()
  const signedIn = useSession(session => session.status === 'signed_in')
  if (!loaded) return error ? <Failure error={error} /> : <Progress label="Loading the configuration" />
  return (
    <Page title="Report card" lede="What your provider does with requests that are not quite right.">
      <ReportCard
        config={loaded.config}
        basePath={basePath}
        signedIn={signedIn}
        onSignIn={() => void client.signIn({ returnTo: `${basePath}experiments?view=report-card` })}
      />
    </Page>
  )
}
