/** The smallest page with react-oidc-context as its documentation has it. Not TypeScript: the library is fetched when this runs. */
import { createElement as h, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { AuthProvider, useAuth } from 'react-oidc-context'

const config = await (await fetch('/config.json')).json()

function Page() {
  const { isLoading, error, user, signinRedirect } = useAuth()
  const [profile, setProfile] = useState('')
  const token = user?.access_token
  useEffect(() => {
    if (token)
      fetch(config.profile_url, { headers: { authorization: `Bearer ${token}` } })
        .then(answer => answer.text())
        .then(setProfile)
  }, [token])
  if (error) return h('p', null, error.message)
  if (isLoading) return h('p', null, 'Loading')
  if (!user) return h('button', { type: 'button', onClick: () => void signinRedirect() }, 'Sign in')
  return h('main', null, h('h1', null, user.profile.name), h('pre', null, profile))
}

createRoot(document.getElementById('root')).render(
  h(
    AuthProvider,
    {
      authority: config.issuer,
      client_id: config.client_id,
      scope: config.scope,
      redirect_uri: `${location.origin}/callback`,
      onSigninCallback: () => history.replaceState(null, '', location.pathname),
    },
    h(Page),
  ),
)
