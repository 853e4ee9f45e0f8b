import type { AllAddresses } from '../presets/place.ts'
import { CopyValue } from '../ui/copy-value.tsx'

/** The exact addresses to register at the provider, each with a copy button. */
export function Registration({ values }: { values: AllAddresses }) {
  const rows = [
    {
      label: 'Register this address at the provider',
      value: values.redirectUri,
      copy: 'Copy the redirect address',
    },
    {
      label: 'Register this address too, in the same list',
      purpose:
        'With it the app finds your session again without leaving the page (silent sign-in), and a sign-in in a window of its own (popup) can end.',
      value: values.silentUri,
      copy: 'Copy the silent redirect address',
    },
    { label: 'Origin to allow', value: values.origin, copy: 'Copy the origin' },
    { label: 'Address after sign-out', value: values.logoutUri, copy: 'Copy the sign-out address' },
  ]
  return (
    <dl className="choice-registration">
      {rows.map(({ label, purpose, value, copy }) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <CopyValue value={value} label={copy} />
            {purpose && <p className="ui-field-hint">{purpose}</p>}
          </dd>
        </div>
      ))}
    </dl>
  )
}
