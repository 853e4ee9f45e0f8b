import { Fragment } from 'react'
import { markWords } from '../presets/preset.ts'
import { Button } from '../ui/button.tsx'
import { CopyValue } from '../ui/copy-value.tsx'
import { Icon } from '../ui/icon.tsx'
import type { Change, Fix } from './finding.ts'

/** What to change: the place in the console, the value to put there, or a change to the form. */
export function FixLine({
  fix,
  onChange,
  onSignIn,
}: {
  fix: Fix
  onChange: (change: Change) => void
  onSignIn?: () => void
}) {
  const { change } = fix
  const signIn = fix.signIn && onSignIn
  const doubtful = fix.mark === 'U' && fix.consolePath.length > 0
  return (
    <>
      <p>{fix.text}</p>
      {(fix.consolePath.length > 0 || fix.copy || change || signIn) && (
        <div className="doctor-do">
          {fix.consolePath.length > 0 && <ConsolePath path={fix.consolePath} />}
          {fix.copy && <CopyValue fit value={fix.copy} label={`Copy ${fix.copyWhat ?? 'the value'}`} />}
          {change && (
            <Button size="s" onClick={() => onChange(change)}>
              {change.label}
            </Button>
          )}
          {signIn && (
            <Button size="s" onClick={onSignIn}>
              Sign in again
            </Button>
          )}
        </div>
      )}
      {(fix.note || doubtful) && (
        <p className="doctor-note">
          {fix.note} {doubtful && `The path in the console is ${markWords.U}.`}
        </p>
      )}
    </>
  )
}

function ConsolePath({ path }: { path: readonly string[] }) {
  return (
    <span className="doctor-path">
      {path.map((step, at) => (
        <Fragment key={step}>
          {at > 0 && (
            <>
              <span className="visually-hidden">, then </span>
              <Icon name="right" size="xs" />
            </>
          )}
          <span>{step}</span>
        </Fragment>
      ))}
    </span>
  )
}
