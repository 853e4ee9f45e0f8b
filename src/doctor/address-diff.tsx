import { firstDifference } from './address.ts'

/** Two addresses one above the other, with the first character that differs marked. */
export function AddressDiff({
  given,
  named,
  words: [ofGiven, ofNamed] = ['You gave', 'It says'],
}: {
  given: string
  named: string
  words?: readonly [given: string, named: string]
}) {
  const at = firstDifference(given, named)
  return (
    <dl className="doctor-diff">
      <div>
        <dt>{ofGiven}</dt>
        <dd>
          <Marked text={given} at={at} />
        </dd>
      </div>
      <div>
        <dt>{ofNamed}</dt>
        <dd>
          <Marked text={named} at={at} />
        </dd>
      </div>
    </dl>
  )
}

function Marked({ text, at }: { text: string; at: number }) {
  const characters = [...text]
  const odd = characters[at]
  return (
    <code>
      {characters.slice(0, at).join('')}
      {odd === undefined ? <mark title="nothing stands here">{'\u00A0'}</mark> : <mark>{odd}</mark>}
      {characters.slice(at + 1).join('')}
    </code>
  )
}
