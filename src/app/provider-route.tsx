/** `/provider`: the doctor, with what this tab knows about sign-ins. */
import { QueryClient, QueryClientProvider, useQuery } from '@tanstack/react-query'
import { useLocation } from 'react-router'
import { forgetChoice } from '../choice/config-store.ts'
import { browserProbe } from '../doctor/browser-probe.ts'
import { isDemo } from '../doctor/demo-config.ts'
import { type Failure, noFacts } from '../doctor/diagnosis.ts'
import { presetInUse } from '../doctor/form-change.ts'
import { ProviderPage } from '../doctor/provider-page.tsx'
import type { ClientConfig } from '../oauth/client-config.ts'
import type { OAuthErrorDetails } from '../oauth/oauth-error.ts'
import { forgetServers } from '../session/server-cache.ts'
import { useClient, useSession } from '../session/session-provider.tsx'
import { ownTrace } from '../trace/own-trace.ts'
import { useRecorder, useTrace } from '../trace/trace-provider.tsx'
import { ownCode } from '../ui/own-code.tsx'
import { Part } from '../ui/part.tsx'
import { Progress } from '../ui/progress.tsx'
import { basePath } from './arrival.ts'
import { useConfig } from './composition-context.tsx'
import { loadFile } from './config.ts'
import { errorText } from './error-texts.ts'
import { keepPasted } from './keep-pasted.ts'
import { namedFailure } from './named-failure.ts'
import { failedStep, failureFacts, signInFacts } from './provider-facts.ts'
import { tabStorage } from './tab-storage.ts'

const stuckCode = ownCode(() => import('./stuck-list.tsx'))
const queries = new QueryClient()
const probe = browserProbe()
const place = { origin: location.origin, basePath }
const pageUrl = `${location.origin}${basePath}provider`

export default function Component() {
  const { loaded, error } = useConfig()
  // A page about no provider would lose what it has to say when one turns up.
  if (!loaded && !error) return <Progress label="Loading the configuration" />
  return (
    <QueryClientProvider client={queries}>
      <Provider />
    </QueryClientProvider>
  )
}

function Provider() {
  const { loaded, error: configError } = useConfig()
  const client = useClient()
  const { search } = useLocation()
  const sessionError = useSession(session => session.error)
  const profileError = useSession(session => session.profile.error)
  const trace = useTrace()
  const { data: named = null } = useQuery({
    queryKey: ['named-failure', search],
    queryFn: () => namedFailure(search),
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
  const error = configError ?? sessionError ?? profileError ?? named
  const isRead = useStoryRead()
  const file = useFile()
  const demo = file && isDemo(file) ? file : null
  const failure = useFailure(error, loaded?.config ?? null, demo)
  if (!isRead) return <Progress label="Loading what this tab has seen" />
  return (
    <ProviderPage
      config={loaded?.config ?? null}
      configSource={loaded?.source ?? 'config.json'}
      file={file}
      demo={demo}
      place={place}
      pageUrl={pageUrl}
      search={search}
      ports={probe}
      lastFailure={failure}
      lastSignIn={signInFacts(ownTrace(trace))}
      onUse={used => {
        // A provider that is chosen is asked anew: its story begins there, and what it says is what holds now.
        forgetServers(tabStorage)
        keepPasted(tabStorage, used.config.issuer, used.pasted)
        // The client is made once per page: another provider begins with another page.
        location.assign(pageUrl)
      }}
      onForget={() => {
        forgetChoice(() => localStorage)
        forgetServers(tabStorage)
        location.assign(pageUrl)
      }}
      below={
        <Part code={stuckCode} props={{ own: addressesOf(loaded?.config) }} name="The list of answers" />
      }
      onSignIn={pasted => {
        if (loaded) keepPasted(tabStorage, loaded.config.issuer, pasted)
        void client.signIn()
      }}
    />
  )
}

/** Milliseconds. Without its story the page knows less, and works. */
const longestRead = 500

/** Whether what earlier pages of this tab recorded is there: a check takes its facts when it begins. */
function useStoryRead(): boolean {
  const recorder = useRecorder()
  const { data = false } = useQuery({
    queryKey: ['story-read'],
    queryFn: async () => {
      await Promise.race([recorder.settled(), new Promise(done => setTimeout(done, longestRead))])
      return true
    },
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
  return data
}

/** What the answers name as the person's own. */
const addressesOf = (config: ClientConfig = emptyConfig) => ({
  redirect_uri: config.redirectUri || `${location.origin}${basePath}callback`,
  post_logout_redirect_uri: config.postLogoutRedirectUri,
  scope: config.scope || 'openid',
})

/** What `config.json` says; null until it is read, and when it cannot be. */
function useFile(): ClientConfig | null {
  const { loaded } = useConfig()
  const { data = null } = useQuery({
    queryKey: ['config.json', loaded?.source],
    queryFn: () => (loaded?.source === 'config.json' ? loaded.config : loadFile().catch(() => null)),
    initialData: loaded?.source === 'config.json' ? loaded.config : undefined,
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
  return data
}

function useFailure(
  error: OAuthErrorDetails | null,
  config: ClientConfig | null,
  demo: ClientConfig | null,
): Failure | null {
  const trace = ownTrace(useTrace())
  // Another failure may have the same words.
  const failed = error ? failedStep(trace, error) : undefined
  const { data } = useQuery({
    queryKey: ['failure', error, failed?.flow, failed?.at],
    queryFn: () => (error ? failureFacts(trace, error) : null),
    staleTime: Number.POSITIVE_INFINITY,
    networkMode: 'always',
  })
  if (!error) return null
  const known = config ?? { ...emptyConfig, redirectUri: `${location.origin}${basePath}callback` }
  const facts = noFacts(known, presetInUse(known, config !== null, place, demo), location.origin)
  return { error, facts: { ...facts, ...data }, words: errorText(error) }
}

/** Stands in for a configuration that could not be read, so that its failure can be explained. */
const emptyConfig: ClientConfig = {
  issuer: '',
  clientId: '',
  scope: '',
  redirectUri: '',
  postLogoutRedirectUri: `${location.origin}${basePath}`,
  resource: null,
  profileUrl: null,
  dpop: false,
  par: 'auto',
  restore: 'frame',
  endSessionMethod: 'post',
  audience: null,
  trustedAudiences: [],
  extraAuthorizationParams: {},
}
