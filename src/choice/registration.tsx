import type { Registration as RegistrationValues } from '../presets/place.ts'
import { CopyValue } from '../ui/copy-value.tsx'

/** The exact addresses to register at the provider, each with a copy button. */
export function Registration({ values }: { values: RegistrationValues }) {
  const rows = [
    ['Register this address at the provider', values.redirectUri, 'Copy the redirect address'],
    ['Origin to allow', values.origin, 'Copy the origin'],
    ['Address after sign-out', values.logoutUri, 'Copy the sign-out address'],
  ] as const
  return (
    <dl className="choice-registration">
      {rows.map(([label, value, copy]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <CopyValue value={value} label={copy} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
