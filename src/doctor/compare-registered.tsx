import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import { Status } from '../ui/status.tsx'
import { differenceInWords } from './address.ts'
import { AddressDiff } from './address-diff.tsx'
import type { Fix } from './finding.ts'

/** For a fix that is an address: what the console holds is pasted, and compared with it (stuck point 12). */
export function CompareRegistered({ fix }: { fix: Fix | null }) {
  return fix?.isExact && fix.copy ? <Compare address={fix.copy} /> : null
}

function Compare({ address }: { address: string }) {
  const [pasted, setPasted] = useState('')
  const registered = pasted.trim()
  return (
    <div className="doctor-compare">
      <Field
        label="Paste what is registered at the provider"
        name="registered"
        value={pasted}
        inputMode="url"
        autoCapitalize="none"
        onChange={event => setPasted(event.target.value)}
      />
      <Status>{registered && differenceInWords(address, registered, 'What is registered')}</Status>
      {registered && registered !== address && (
        <AddressDiff given={address} named={registered} words={['Sent', 'Registered']} />
      )}
    </div>
  )
}
