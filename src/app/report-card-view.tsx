/** The provider report card, beside the experiments. */
import type { ClientConfig } from '../oauth/client-config.ts'
import { ReportCard } from '../report-card/report-card-page.tsx'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Page } from '../ui/page.tsx'
import { basePath } from './arrival.ts'

export default function ReportCardView({ config }: { config: ClientConfig }) {
  const client = useClient()
  const signedIn = useSession(session => session.status === 'signed_in')
  return (
    <Page title="Report card">
      <ReportCard
        config={config}
        basePath={basePath}
        signedIn={signedIn}
        onSignIn={() => void client.signIn({ returnTo: `${basePath}experiments?view=report-card` })}
      />
    </Page>
  )
}
