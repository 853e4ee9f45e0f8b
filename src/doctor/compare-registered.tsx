import { useState } from 'react'
import { Field } from '../ui/field.tsx'
import { Status } from '../ui/status.tsx'
import { differenceInWords } from './address.ts'
import { AddressDiff } from './address-diff.tsx'

/** What the console holds is pasted, and compared with the address that the app sends (stuck point 12). */
export function CompareRegistered({ address }: { address: string }) {
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
