import './kbd.css'

/** A key as a small cap. Decoration beside a control that already announces its shortcut: hidden there by `quiet`. */
export function Kbd({ children, quiet }: { children: string; quiet?: boolean }) {
  return (
    <kbd className="ui-kbd" aria-hidden={quiet || undefined}>
      {children}
    </kbd>
  )
}
