import type { ReactNode } from 'react'
import type { Carried } from '../sequence/message.ts'
import { Glyph } from '../ui/glyph.tsx'
import { OneWay } from '../ui/one-way.tsx'
import { Verdict } from '../ui/verdict.tsx'
import { useSha256 } from './digest.tsx'
import { type Evidence, hashesAgree, type Side, sharedLength, sidesAgree } from './evidence.ts'
import './evidence-figure.css'
import { Secret } from './secret.tsx'
import { ValueChip } from './value-chip.tsx'
import { revealKey } from './value-kinds.ts'

/** The two values that decide, side by side, with the verdict recomputed in this page. */
export function EvidenceFigure({ evidence }: { evidence: Evidence }) {
  if (evidence.figure === 'hash') return <HashFigure {...evidence} />
  if (evidence.figure === 'challenge') return <ChallengeFigure {...evidence} />
  return <SameFigure {...evidence} />
}

/** Verifier, SHA-256, challenge. */
export function HashFigure({ verifier, challenge }: { verifier: Carried; challenge: Carried }) {
  const digest = useSha256(verifier.text)
  const agree = hashesAgree(verifier, challenge, digest?.base64url ?? null)
  return (
    <figure
      className="inspector-figure inspector-hash"
      aria-label="The verifier is hashed into the challenge"
    >
      <div>
        <Glyph of="verifier" className="inspector-big" />
        <ValueChip carried={verifier} />
        <small>stays in this tab</small>
      </div>
      <OneWay />
      <div>
        <Glyph of="challenge" className="inspector-big" />
        <ValueChip carried={challenge} />
        <small>anyone may see it</small>
      </div>
      {agree !== null && (
        <figcaption>
          <Verdict kind={agree ? 'pass' : 'fail'}>
            {digest === null
              ? agree
                ? 'Fits: the fingerprint of the verifier begins this very hash'
                : 'Does not fit: the fingerprint of the verifier is not the beginning of this hash'
              : agree
                ? 'Recomputed in this page just now: equal'
                : 'Recomputed in this page just now: not equal'}
          </Verdict>
        </figcaption>
      )}
    </figure>
  )
}

function ChallengeFigure(evidence: Extract<Evidence, { figure: 'challenge' }>) {
  const { verifier, challenge, arrivedIn, keptSince } = evidence
  const digest = useSha256(verifier.text)
  const computed = digest?.base64url ?? null
  const agree = hashesAgree(verifier, challenge, computed)
  const isSent = challenge.length !== null
  return (
    <figure className={figureClass(agree)} aria-label="The hash of the verifier beside the kept challenge">
      <Row caption={arrivedIn === null ? 'Will arrive' : `Arrived in ${arrivedIn}`}>
        <ValueChip carried={verifier} />
      </Row>
      <Row caption="Its SHA-256">
        <Hash
          text={computed}
          other={challenge.text}
          alone={verifier.length === null ? 'not made yet' : 'not kept over the reload'}
        />
      </Row>
      <Equal agree={agree} length={computed?.length ?? null} />
      <Row
        caption={keptSince === null ? 'Will be kept' : isSent ? `Kept since ${keptSince}` : 'To compare with'}
      >
        <Hash
          text={challenge.text}
          other={computed}
          alone={keptSince === null ? 'not made yet' : 'none was sent'}
        />
      </Row>
      <Row caption="">
        <ValueChip carried={challenge} />
      </Row>
    </figure>
  )
}

function SameFigure({ name, got, kept }: Extract<Evidence, { figure: 'same' }>) {
  const agree = sidesAgree(got, kept)
  return (
    <figure className={figureClass(agree)} aria-label={`The two values of ${name}, compared`}>
      <SideRow name={name} side={got} other={kept} />
      <Equal agree={agree} length={got.text?.length ?? null} />
      <SideRow name={name} side={kept} other={got} />
    </figure>
  )
}

function SideRow({ name, side, other }: { name: 'state' | 'nonce'; side: Side; other: Side }) {
  const { caption, carried, text } = side
  const alone = carried === null ? 'nothing' : 'only its fingerprint was kept'
  const drawn = <Hash text={text} other={other.text} alone={alone} />
  return (
    <>
      <Row caption={caption}>
        {text === null ? (
          drawn
        ) : (
          <Secret name={`${name}, ${caption}`} id={carried === null ? text : revealKey(carried)} text={text}>
            {drawn}
          </Secret>
        )}
      </Row>
      {carried !== null && (
        <Row caption="">
          <ValueChip carried={carried} />
        </Row>
      )}
    </>
  )
}

function Row({ caption, children }: { caption: string; children: ReactNode }) {
  return (
    <div className="inspector-row">
      <span className="eyebrow">{caption}</span>
      <span>{children}</span>
    </div>
  )
}

/** A text beside its counterpart: from the first character that differs on it is marked. */
function Hash({ text, other, alone }: { text: string | null; other: string | null; alone: string }) {
  if (text === null) return <i className="inspector-gone">{alone}</i>
  const shared = other === null ? text.length : sharedLength(text, other)
  return (
    <code className="inspector-hx">
      {text.slice(0, shared)}
      {shared < text.length && <mark>{text.slice(shared)}</mark>}
    </code>
  )
}

function Equal({ agree, length }: { agree: boolean | null; length: number | null }) {
  return (
    <div className="inspector-eq">
      {agree === null ? (
        <Verdict kind="none">not compared yet</Verdict>
      ) : agree ? (
        <Verdict kind="pass">
          {length === null ? 'equal, by fingerprint' : `equal, all ${length} characters`}
        </Verdict>
      ) : (
        <Verdict kind="fail">not equal</Verdict>
      )}
    </div>
  )
}

function figureClass(agree: boolean | null): string {
  return agree === false
    ? 'inspector-figure inspector-compare inspector-compare-bad'
    : 'inspector-figure inspector-compare'
}
