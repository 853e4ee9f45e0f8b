import './skip-link.css'

/** The first stop of the Tab key: jumps over the bar to the content. */
export function SkipLink({ to, children }: { /** id of the target */ to: string; children: string }) {
  return (
    <a className="ui-skip" href={`#${to}`}>
      {children}
    </a>
  )
}
