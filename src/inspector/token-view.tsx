import { headings } from '../explain/labels.ts'
import { noteFor, type Place } from '../explain/notes.ts'
import type { Carried, Message } from '../sequence/message.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { Verdict } from '../ui/verdict.tsx'
import {
  type DecodedToken,
  decodeToken,
  isUnsigned,
  signatureVerdict,
  type TokenPart,
} from './decode-token.ts'
import { carriedFor } from './flow-values.ts'
import './token-view.css'
import { MarkedText } from './marked-text.tsx'
import { Secret } from './secret.tsx'
import { formText, signatureTexts } from './token-texts.ts'
import { ValueChip } from './value-chip.tsx'
import { valueInWords } from './value-in-words.ts'
import { revealKey, valueKinds } from './value-kinds.ts'

const tokens = ['access_token', 'id_token', 'refresh_token'] as const

/** The tokens that a message carries, each folded. */
export function TokensOf({
  message,
  messages,
  now,
}: {
  message: Message
  messages: readonly Message[]
  now: number
}) {
  const carried = message.carried.filter(
    ({ value, length }) => length !== null && tokens.some(token => token === value),
  )
  if (carried.length === 0) return null
  return (
    <section className="inspector-tokens">
      <h3>{headings.tokens}</h3>
      {carried.map(each => (
        <Disclosure key={`${each.value} ${each.fingerprint}`} summary={<span>Inside {each.value}</span>}>
          <TokenView carried={each} message={message} messages={messages} now={now} />
        </Disclosure>
      ))}
    </section>
  )
}

/** A token taken apart: header, payload, signature and who checked it. Opaque ones are said to be opaque. */
export function TokenView({
  carried,
  message,
  messages,
  now,
}: {
  carried: Carried
  message: Message
  messages: readonly Message[]
  now: number
}) {
  if (carried.text === null)
    return (
      <p className="inspector-empty">
        Only its length ({carried.length ?? 0} characters) and its fingerprint were kept over the reload.
      </p>
    )
  const token = decodeToken(carried.text)
  const form = formText(token, carried.value)
  return (
    <div className="inspector-token" data-v={valueKinds[carried.value]}>
      <p className="caption">
        <ValueChip carried={carried} /> {carried.text.length} characters
      </p>
      {token.type === 'jwt' && <TokenText carried={carried} token={token} />}
      {form !== null && <p>{form}</p>}
      {token.type !== 'opaque' && (
        <Part title="Header" part={token.header} place="jose" message={message} now={now} />
      )}
      {token.type === 'jwt' && (
        <>
          <Part
            title="Payload"
            part={token.payload}
            place="claim"
            message={message}
            messages={messages}
            now={now}
          />
          <Signature carried={carried} token={token} messages={messages} />
        </>
      )}
    </div>
  )
}

/** What somebody else could use is hidden: the signature, and of an unsigned token all that it says. */
function TokenText({ carried, token }: { carried: Carried; token: Extract<DecodedToken, { type: 'jwt' }> }) {
  const { header, payload, signature } = token
  const said = <span className="inspector-jwt-load">{payload.raw}</span>
  const id = revealKey(carried)
  return (
    <p className="inspector-jwt">
      <span className="inspector-jwt-head">{header.raw}</span>
      <b>.</b>
      {isUnsigned(token) ? (
        <Secret id={id} name={`the payload of ${carried.value}`} text={`${payload.raw}.${signature}`}>
          {said}
          <b>.</b>
          {signature}
        </Secret>
      ) : (
        <>
          {said}
          <b>.</b>
          <Secret id={id} name={`the signature of ${carried.value}`} text={signature}>
            <span className="inspector-jwt-sig">{signature}</span>
          </Secret>
        </>
      )}
    </p>
  )
}

function Part({
  title,
  part,
  place,
  message,
  messages = [],
  now,
}: {
  title: string
  part: TokenPart
  place: Place
  message: Message
  messages?: readonly Message[]
  now: number
}) {
  return (
    <section className="inspector-part">
      <h4>{title}</h4>
      <dl>
        {part.members.map(({ name, value }) => {
          const words = valueInWords(place, name, value, now)
          const note = noteFor(message.kind, place, name)
          const kept = place === 'claim' && name === 'nonce' ? carriedFor(message, messages, 'nonce') : null
          const own = kept?.text === value ? kept : null
          return (
            <div key={name}>
              <dt>{name}</dt>
              <dd>
                {own !== null && <ValueChip carried={own} unnamed />}
                {name === 'nonce' ? (
                  <Secret name="nonce" id={own === null ? value : revealKey(own)} text={value}>
                    <code>{value}</code>
                  </Secret>
                ) : (
                  <code>{value}</code>
                )}
                {words !== null && <span className="inspector-words">{words}</span>}
                {note !== null && (
                  <small>
                    <MarkedText text={note} />
                  </small>
                )}
              </dd>
            </div>
          )
        })}
      </dl>
    </section>
  )
}

function Signature({
  carried,
  token,
  messages,
}: {
  carried: Carried
  token: DecodedToken
  messages: readonly Message[]
}) {
  const found = signatureVerdict(carried, token, messages)
  const text = signatureTexts[found.state]
  return (
    <section className="inspector-part">
      <h4>
        Signature <Verdict kind={text.kind}>{text.verdict}</Verdict>
      </h4>
      <p className="caption">
        {text.what}
        {'check' in found && (
          <>
            {' '}
            {found.check.clause}, {found.check.requirement}.
          </>
        )}
      </p>
    </section>
  )
}
