import type { ReactNode } from 'react'
import './page.css'

/** The airy page of the app: a measured column with a heading, a sentence, and what follows. */
export function Page({
  title,
  lede,
  width = 'usual',
  children,
}: {
  /** the heading (level 1); leave it out when the content brings its own */
  title?: ReactNode
  lede?: ReactNode
  /** `narrow` 640, `usual` 1000, `wide` 1240 px */
  width?: 'narrow' | 'usual' | 'wide'
  children: ReactNode
}) {
  return (
    <div className={`ui-page ui-page-${width}`}>
      {(title || lede) && (
        <header className="ui-page-head">
          {title && <h1 className="ui-page-title">{title}</h1>}
          {lede && <p className="ui-page-lede">{lede}</p>}
        </header>
      )}
      {children}
    </div>
  )
}

/** The heading row of a section: title, and what stands at its end, on a hairline. */
export function SectionHead({ title, id, end }: { title: ReactNode; id?: string; end?: ReactNode }) {
  return (
    <div className="ui-section-head">
      <h2 id={id}>{title}</h2>
      {end && <div className="ui-section-end">{end}</div>}
    </div>
  )
}
