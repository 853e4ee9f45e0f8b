import { useState } from 'react'
import type { Message } from '../sequence/message.ts'
import { isValueName } from '../trace/secret-places.ts'
import { CodeBlock } from '../ui/code-block.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { runOnce } from './code-recipes.ts'
import './code-tab.css'
import { carriedFor } from './flow-values.ts'
import { type Snippet, snippetsFor } from './snippets.ts'
import { ValueChip } from './value-chip.tsx'
import { valueKinds } from './value-kinds.ts'

/** The message as lines that can be run: cURL, fetch, openssl. */
export function CodeTab({ message, messages }: { message: Message; messages: readonly Message[] }) {
  const [choice, setChoice] = useState<Snippet['id']>('shell')
  const snippets = snippetsFor(message, messages, location.origin)
  const chosen = snippets.find(({ id }) => id === choice) ?? snippets[0]
  if (chosen === undefined)
    return (
      <p className="inspector-empty">
        {message.channel === 'human' || message.status !== 'upcoming'
          ? 'Nothing to run for this message.'
          : 'The code appears when the message is sent.'}
      </p>
    )
  return (
    <>
      <div className="inspector-codehead">
        <Segmented
          label="Language"
          options={snippets.map(({ id, label }) => ({ value: id, label }))}
          value={chosen.id}
          onChange={setChoice}
        />
        <CopyButton text={chosen.text} label={`Copy the ${chosen.label} code`} size="s">
          Copy
        </CopyButton>
      </div>
      <CodeBlock
        code={chosen.text}
        language={chosen.id === 'shell' ? 'shell' : 'ts'}
        label={chosen.label}
        marks={Object.entries(valueKinds).flatMap(([word, v]) => [
          // `response_type=code` asks for a code and is none.
          ...(chosen.id === 'shell' && word === 'code' ? [] : [{ word, v }]),
          { word: `$${word}`, v },
          { word: `"$${word}"`, v },
        ])}
      />
      <p className="caption">Values come from variables, so a copied line holds no secret.</p>
      {chosen.variables.length > 0 && (
        <p className="inspector-needs">
          Set first:{' '}
          {chosen.variables.map(name =>
            isValueName(name) ? (
              <ValueChip key={name} carried={carriedFor(message, messages, name)} />
            ) : (
              <code key={name}>{name}</code>
            ),
          )}
        </p>
      )}
      {runOnce[message.kind] !== undefined && <p className="caption">{runOnce[message.kind]}</p>}
    </>
  )
}
