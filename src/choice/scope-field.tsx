import { type KeyboardEvent, useId, useRef, useState } from 'react'
import { Icon } from '../ui/icon.tsx'
import { useKeptFocus } from '../ui/use-kept-focus.tsx'
import { splitWords } from './form-values.ts'
import './scope-field.css'

/** The scopes as words that can be taken out and added. `openid` stays: without it nobody is identified. */
export function ScopeField({
  scopes,
  onChange,
}: {
  scopes: readonly string[]
  onChange: (scopes: string[]) => void
}) {
  const id = useId()
  const [draft, setDraft] = useState('')
  const box = useRef<HTMLDivElement>(null)
  useKeptFocus(box, 'input')

  const add = () => {
    const added = splitWords(draft)
    if (added.length === 0) return
    onChange([...new Set([...scopes, ...added])])
    setDraft('')
  }
  const press = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.key === 'Enter' || event.key === ' ' || event.key === ',') {
      if (draft.trim() === '' && event.key === 'Enter') return
      event.preventDefault()
      add()
    }
    const last = scopes.at(-1)
    if (event.key === 'Backspace' && draft === '' && last !== undefined && last !== 'openid')
      onChange(scopes.slice(0, -1))
  }

  return (
    <div className="ui-field">
      <label className="ui-field-label" htmlFor={id}>
        Scopes
      </label>
      <div className="choice-scopes" ref={box}>
        <ul className="choice-scope-list" aria-label="Scopes that are asked for">
          {scopes.map(scope => (
            <li
              key={scope}
              className={scope === 'openid' ? 'choice-scope choice-scope-fixed' : 'choice-scope'}
            >
              {scope}
              {scope !== 'openid' && (
                <button
                  type="button"
                  aria-label={`Remove ${scope}`}
                  onClick={() => onChange(scopes.filter(each => each !== scope))}
                >
                  <Icon name="x" size="xs" />
                </button>
              )}
            </li>
          ))}
        </ul>
        <input
          id={id}
          value={draft}
          placeholder="add"
          spellCheck={false}
          autoComplete="off"
          autoCapitalize="none"
          onChange={event => setDraft(event.target.value)}
          onKeyDown={press}
          onBlur={add}
        />
      </div>
    </div>
  )
}
