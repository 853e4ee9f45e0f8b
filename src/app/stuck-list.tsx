/** Everything that people get stuck on, to be searched: also for whoever is stuck in an app of their own. */
import { useState } from 'react'
import { type StuckPoint, stuckPoints } from '../explain/stuck-points.ts'
import { MarkedText } from '../inspector/marked-text.tsx'
import { actOf, actTitles } from '../sequence/acts.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { Field } from '../ui/field.tsx'
import { SectionHead } from '../ui/page.tsx'
import { Status } from '../ui/status.tsx'
import './stuck-list.css'

export interface StuckListProps {
  /** What the answers name as the person's own: `redirect_uri`, `post_logout_redirect_uri`, `scope`. */
  readonly own: Readonly<Record<string, string>>
}

/** So few answers are worth reading at once. */
const opened = 3

const textOf = ({ sees, answer, codes }: StuckPoint) =>
  [sees, answer, ...codes].join(' ').replaceAll('`', '').toLowerCase()

export default function StuckList({ own }: StuckListProps) {
  const [asked, setAsked] = useState('')
  const words = asked.toLowerCase().split(/\s+/).filter(Boolean)
  const found = stuckPoints.filter(point => words.every(word => textOf(point).includes(word)))
  const draw = (name: string) => <code>{own[name] ?? name}</code>
  return (
    <section className="stuck" aria-labelledby="stuck-title">
      <SectionHead title="Stuck, here or in an app of your own?" id="stuck-title" />
      <Field
        label="What do you see?"
        type="search"
        value={asked}
        placeholder="invalid_grant, CORS, login_required"
        hint={
          found.length > 0
            ? `${found.length} of ${stuckPoints.length} answers`
            : 'No answer has all of these words. Try one of them alone.'
        }
        onChange={event => setAsked(event.target.value)}
      />
      <p className="caption">
        A tab that an answer names (Explain, HTTP, Checks, Code) is one of the lens, at a message of your own
        sign-in.
      </p>
      <Status quiet>{asked && `${found.length} found`}</Status>
      {Object.entries(actTitles).map(([act, title]) => {
        const points = found.filter(({ kinds: [kind] }) => kind !== undefined && actOf(kind) === act)
        return (
          points.length > 0 && (
            <div key={act} className="stuck-act">
              <h3>{title}</h3>
              {points.map(({ sees, answer }) => (
                <Disclosure
                  key={sees}
                  summary={
                    <span>
                      <MarkedText text={sees} draw={draw} />
                    </span>
                  }
                  defaultOpen={words.length > 0 && found.length <= opened}
                >
                  <p>
                    <MarkedText text={answer} draw={draw} />
                  </p>
                </Disclosure>
              ))}
            </div>
          )
        )
      })}
    </section>
  )
}
