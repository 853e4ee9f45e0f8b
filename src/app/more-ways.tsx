/** The other ways in: a popup, another person, a fresh password, more scopes. Nobody needs it for a first sign-in. */
import { useState } from 'react'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Field, FieldGroup } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import './more-ways.css'
import { noWish, type TypedWish, wishOf } from './wish.ts'

export default function MoreWays() {
  const client = useClient()
  const { signedIn, busy } = useSession(({ status }) => ({
    signedIn: status === 'signed_in',
    busy: status === 'signing_in' || status === 'signing_out',
  }))
  const [typed, setTyped] = useState(noWish)
  const wish = wishOf(typed)
  const change = (part: Partial<TypedWish>) => setTyped(before => ({ ...before, ...part }))
  return (
    <Disclosure summary="More ways to sign in">
      <form
        className="app-ways"
        onSubmit={event => {
          event.preventDefault()
          if (wish) void client.signIn(wish)
        }}
      >
        <FieldGroup label="What the provider should ask" hint="prompt, OpenID Connect Core §3.1.2.1.">
          <Segmented
            label="What the provider should ask"
            options={[
              { value: '', label: 'As it likes' },
              { value: 'login', label: 'Password' },
              { value: 'select_account', label: 'Account' },
              { value: 'consent', label: 'Consent' },
            ]}
            value={typed.prompt}
            onChange={prompt => change({ prompt })}
            fill
          />
        </FieldGroup>
        <Field
          label="Who you are there"
          name="login_hint"
          value={typed.loginHint}
          placeholder="alice"
          hint="login_hint: many providers fill in the name for you."
          onChange={event => change({ loginHint: event.target.value })}
        />
        <Field
          label="Oldest password, in seconds"
          name="max_age"
          inputMode="numeric"
          value={typed.maxAge}
          placeholder="300"
          hint="max_age: the answer must carry auth_time, and it is checked."
          error={wish ? undefined : 'A whole number of seconds, or nothing.'}
          onChange={event => change({ maxAge: event.target.value })}
        />
        <Field
          label="How strongly"
          name="acr_values"
          value={typed.acrValues}
          hint="acr_values: the answer must carry one of them."
          onChange={event => change({ acrValues: event.target.value })}
        />
        <Field
          label="More scopes"
          name="scope"
          value={typed.moreScope}
          hint="On top of the configured ones. Asked for while you are signed in, this is a step-up."
          onChange={event => change({ moreScope: event.target.value })}
        />
        <div className="app-ways-acts">
          <Button type="submit" disabled={busy || !wish}>
            {signedIn ? 'Sign in again like this' : 'Sign in like this'}
          </Button>
          <Button onClick={() => wish && void client.signInWithPopup(wish)} disabled={busy || !wish}>
            In a popup
          </Button>
        </div>
      </form>
    </Disclosure>
  )
}
