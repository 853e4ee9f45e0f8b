/** The other ways in: a popup, another person, a fresh password, more scopes. Nobody needs it for a first sign-in. */
import { useState } from 'react'
import type { SignInWish } from '../oauth/authorization-request.ts'
import { useClient, useSession } from '../session/session-provider.tsx'
import { Button } from '../ui/button.tsx'
import { Disclosure } from '../ui/disclosure.tsx'
import { Field, FieldGroup } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import './more-ways.css'
import { noWish, type TypedWish, wishOf } from './wish.ts'

/** Each is a parameter of the request, by the `name` it has there. */
const fields = [
  {
    key: 'loginHint',
    name: 'login_hint',
    label: 'Your name there',
    placeholder: 'alice',
    hint: 'login_hint: many providers fill it in for you.',
  },
  {
    key: 'maxAge',
    name: 'max_age',
    label: 'Last signed in there at most … seconds ago',
    placeholder: '300',
    inputMode: 'numeric',
    hint: 'max_age: if it is longer, the provider asks again. The answer carries auth_time, and it is checked.',
  },
  {
    key: 'acrValues',
    name: 'acr_values',
    label: 'How strongly you have to prove who you are',
    hint: 'acr_values, in the provider’s own words. The answer must carry one of them.',
  },
  {
    key: 'moreScope',
    name: 'scope',
    label: 'More scopes',
    hint: 'On top of the configured ones. Asked for while you are signed in, this is a step-up.',
  },
] as const

export default function MoreWays() {
  const client = useClient()
  const { signedIn, busy } = useSession(({ status }) => ({
    signedIn: status === 'signed_in',
    busy: status === 'signing_in' || status === 'signing_out',
  }))
  const [typed, setTyped] = useState(noWish)
  const wish = wishOf(typed)
  // Pressed, a button keeps the focus: it is refused, not disabled.
  const go = (signIn: (wish: SignInWish) => Promise<void>) => {
    if (wish && !busy) void signIn(wish)
  }
  const change = (part: Partial<TypedWish>) => setTyped(before => ({ ...before, ...part }))
  return (
    <Disclosure summary="More ways to sign in">
      <form
        className="app-ways"
        onSubmit={event => {
          event.preventDefault()
          go(client.signIn)
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
        {fields.map(({ key, ...field }) => (
          <Field
            {...field}
            key={key}
            value={typed[key]}
            error={key === 'maxAge' && !wish ? 'A whole number of seconds, or nothing.' : undefined}
            onChange={event => change({ [key]: event.target.value })}
          />
        ))}
        <div className="app-ways-acts">
          <Button type="submit" aria-disabled={busy} disabled={!wish}>
            {signedIn ? 'Sign in again like this' : 'Sign in like this'}
          </Button>
          <Button onClick={() => go(client.signInWithPopup)} aria-disabled={busy} disabled={!wish}>
            In a popup
          </Button>
        </div>
      </form>
    </Disclosure>
  )
}
