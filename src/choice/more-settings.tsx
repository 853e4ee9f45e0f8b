import { type ReactNode, useId } from 'react'
import { Disclosure } from '../ui/disclosure.tsx'
import { Field, FieldGroup } from '../ui/field.tsx'
import { Segmented } from '../ui/segmented.tsx'
import type { FormValues, Problems } from './form-values.ts'

/** What most providers do not need: more parameters, a profile address, trusted audiences, DPoP, PAR, other ways to restore and sign out. */
export function MoreSettings({
  values,
  problems,
  onChange,
}: {
  values: FormValues
  problems: Problems
  onChange: (change: Partial<FormValues>) => void
}) {
  const { resource, audience, profileUrl, trustedAudiences, extra, dpop } = values
  const open = Boolean(resource || audience || profileUrl || trustedAudiences || extra || dpop)
  return (
    <Disclosure summary="More settings" defaultOpen={open}>
      <div className="choice-settings">
        <Field
          label="Resource"
          name="resource"
          value={values.resource}
          placeholder="https://api.example.com"
          hint="The API that the access token is for (RFC 8707)."
          error={problems.resource}
          onChange={event => onChange({ resource: event.target.value })}
        />
        <Field
          label="Audience"
          name="audience"
          value={values.audience}
          hint="Auth0’s older word for the same."
          error={problems.audience}
          onChange={event => onChange({ audience: event.target.value })}
        />
        <Field
          label="Profile address"
          name="profile_url"
          value={values.profileUrl}
          placeholder="the provider’s userinfo endpoint"
          hint="A protected address that answers with the profile."
          error={problems.profileUrl}
          onChange={event => onChange({ profileUrl: event.target.value })}
        />
        <Field
          label="Trusted audiences"
          name="trusted_audiences"
          value={values.trustedAudiences}
          hint="Whom an ID token may name beside this app, with spaces between. ZITADEL names its project."
          error={problems.trustedAudiences}
          onChange={event => onChange({ trustedAudiences: event.target.value })}
        />
        <Lines
          label="Extra parameters"
          value={values.extra}
          hint="One a line, name=value. They go along with the sign-in request."
          error={problems.extra}
          onChange={extra => onChange({ extra })}
        />
        <FieldGroup label="DPoP" hint="Binds tokens to a key of this browser (RFC 9449).">
          <Segmented
            label="DPoP"
            options={[
              { value: 'off', label: 'Off' },
              { value: 'on', label: 'On' },
            ]}
            value={values.dpop ? 'on' : 'off'}
            onChange={value => onChange({ dpop: value === 'on' })}
          />
        </FieldGroup>
        <FieldGroup
          label="Pushed requests"
          hint="Hands the parameters over directly, not in the address bar (RFC 9126)."
        >
          <Segmented
            label="Pushed requests"
            options={[
              { value: 'auto', label: 'If demanded', name: 'Only if the provider demands it' },
              { value: 'on', label: 'On' },
              { value: 'off', label: 'Off' },
            ]}
            value={values.par}
            onChange={par => onChange({ par })}
          />
        </FieldGroup>
        <FieldGroup label="After a reload" hint="How the session is found again. Tokens are never stored.">
          <Segmented
            label="After a reload"
            options={[
              { value: 'frame', label: 'Frame' },
              { value: 'redirect', label: 'Redirect' },
              { value: 'off', label: 'Sign in again' },
            ]}
            value={values.restore}
            onChange={restore => onChange({ restore })}
          />
        </FieldGroup>
        <FieldGroup
          label="Sign-out at the provider"
          hint="A form takes the ID token along, in no address. A link leaves it here, and the provider asks."
        >
          <Segmented
            label="Sign-out at the provider"
            options={[
              { value: 'post', label: 'Form' },
              { value: 'get', label: 'Link' },
            ]}
            value={values.endSessionMethod}
            onChange={endSessionMethod => onChange({ endSessionMethod })}
          />
        </FieldGroup>
      </div>
    </Disclosure>
  )
}

function Lines({
  label,
  value,
  hint,
  error,
  onChange,
}: {
  label: string
  value: string
  hint: ReactNode
  error: string | undefined
  onChange: (value: string) => void
}) {
  const id = useId()
  return (
    <div className="ui-field">
      <label className="ui-field-label" htmlFor={id}>
        {label}
      </label>
      <textarea
        id={id}
        className="ui-input choice-lines"
        rows={2}
        spellCheck={false}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={`${id}-notes`}
        onChange={event => onChange(event.target.value)}
      />
      <div id={`${id}-notes`}>
        {error && <p className="ui-field-error">{error}</p>}
        <p className="ui-field-hint">{hint}</p>
      </div>
    </div>
  )
}
