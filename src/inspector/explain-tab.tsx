import { clauseUrl, documents } from '../explain/documents.ts'
import { circumstances, explanationOf } from '../explain/explanations.ts'
import { headings } from '../explain/labels.ts'
import { stepOf } from '../explain/spine.ts'
import { stuckPointsOf } from '../explain/stuck-points.ts'
import { unseenTexts } from '../explain/unseen.ts'
import type { Message } from '../sequence/message.ts'
import { Disclosure } from '../ui/disclosure.tsx'
import { evidenceFor } from './evidence.ts'
import { EvidenceFigure } from './evidence-figure.tsx'
import './explain-tab.css'
import { ParametersView } from './parameters-view.tsx'
import { Refusal } from './refusal.tsx'
import { RichText } from './rich-text.tsx'
import { endInWords } from './token-end.ts'
import { TokensOf } from './token-view.tsx'

interface Props {
  message: Message
  messages: readonly Message[]
  now: number
}

/** Evidence first, then what and why, the attacker, where it is written; parameters and clauses one level deeper. */
export function ExplainTab({ message, messages, now }: Props) {
  const text = explanationOf(message)
  const evidence = evidenceFor(message, messages)
  const rich = (line: string) => <RichText text={line} message={message} messages={messages} />
  const special = circumstances(message).flatMap(each => text.when?.[each] ?? [])
  return (
    <>
      <Refusal message={message} messages={messages} />
      {evidence !== null && <EvidenceFigure evidence={evidence} />}
      <section className="inspector-ex">
        <h3>{headings.what}</h3>
        <p>{rich(text.what)}</p>
        {message.warning?.code === 'revocation_unsupported_token_type' && (
          <Ends message={message} messages={messages} now={now} />
        )}
        {special.map(line => (
          <p key={line}>{rich(line)}</p>
        ))}
      </section>
      <section className="inspector-ex">
        <h3>{headings.why}</h3>
        <p>{rich(text.why)}</p>
      </section>
      <section className="inspector-ex inspector-attack">
        <h3>{headings.attack}</h3>
        <p>{rich(text.attack)}</p>
        <h3>{headings.defence}</h3>
        <p>{rich(text.defence)}</p>
      </section>
      <section className="inspector-ex">
        <h3>{headings.written}</h3>
        <ul className="inspector-spec">
          {text.clauses.map(clause => (
            <li key={`${clause.document} ${clause.section}`}>
              <a
                href={clauseUrl(clause)}
                target="_blank"
                rel="noreferrer"
                title={documents[clause.document].title}
              >
                {clause.document} <span>section {clause.section}</span>
              </a>
            </li>
          ))}
        </ul>
      </section>
      {message.inferred && (
        <p className="caption inspector-note">
          {unseenTexts[message.channel === 'human' ? 'in_page' : 'inferred']}
        </p>
      )}
      <div className="inspector-deeper">
        <ParametersView message={message} messages={messages} now={now} />
        <Disclosure summary={headings.clauses}>
          <dl className="inspector-clauses">
            {text.clauses.map(clause => (
              <div key={`${clause.document} ${clause.section}`}>
                <dt>
                  {clause.document}, section {clause.section}
                </dt>
                <dd>{rich(clause.says)}</dd>
              </div>
            ))}
          </dl>
        </Disclosure>
        <Disclosure summary={headings.failure} defaultOpen={message.error !== null}>
          <p>{rich(text.failure)}</p>
        </Disclosure>
        <StuckPoints message={message} messages={messages} now={now} />
        {message.kind === 'id_token_checked' && <TokensOf message={message} messages={messages} now={now} />}
      </div>
      <p className="caption inspector-note">{stepOf(message)}</p>
    </>
  )
}

/** How long a token that nobody can take back is still good. */
function Ends({ message, messages, now }: Props) {
  const text = endInWords(message, messages, now)
  return text === null ? null : <p>{text}</p>
}

function StuckPoints({ message, messages }: Props) {
  const points = stuckPointsOf(message)
  if (points.length === 0) return null
  return (
    <Disclosure summary={headings.stuck} defaultOpen={points.some(({ fits }) => fits)}>
      <dl className="inspector-stuck">
        {points.map(({ point, fits }) => (
          <div key={point.sees} data-fits={fits || undefined}>
            <dt>
              <RichText text={point.sees} message={message} messages={messages} />
              {fits && <span className="inspector-outcome">may fit this run</span>}
            </dt>
            <dd>
              <RichText text={point.answer} message={message} messages={messages} />
            </dd>
          </div>
        ))}
      </dl>
    </Disclosure>
  )
}
