/** What is shown of a run: its messages as the lens knows them, with an attacker among the parties. */

import type { Bench } from '../attack/bench.ts'
import type { Act, Actor, EvidenceLane, Exhibit } from '../attack/evidence-log.ts'
import type { Outcome } from '../attack/verdict.ts'
import type { Step } from '../oauth/step.ts'
import { carriedText, valuesOf } from '../sequence/carried.ts'
import type { Carried, Lane, Message } from '../sequence/message.ts'
import { messagesOfSteps } from '../sequence/sequence.ts'
import { fingerprintsOf } from '../trace/fingerprint.ts'
import type { Experiment } from './experiment.ts'

export interface EvidenceLine {
  readonly id: string
  readonly from: EvidenceLane
  /** Equal to `from` for a check. */
  readonly to: EvidenceLane
  readonly text: string
  /** `act`: nothing of the protocol. */
  readonly channel: 'front' | 'back' | 'act' | 'check'
  readonly values: readonly Carried[]
  readonly refused: boolean
  /** On a check: the attack ended here, or went through. */
  readonly mark: 'stopped' | 'passed' | null
  readonly message: Message | null
}

export interface Evidence {
  /** What the app did before anybody attacked. */
  readonly earlier: readonly EvidenceLine[]
  readonly lines: readonly EvidenceLine[]
  readonly lanes: readonly EvidenceLane[]
  /** All messages, for the values near one of them. */
  readonly messages: readonly Message[]
  /** Where the verdict was read; null when nothing was sent. */
  readonly decisive: Message | null
}

const laneOrder: readonly EvidenceLane[] = [
  'app',
  'browser',
  'attacker',
  'authorization-server',
  'resource-server',
]
const behindTheScenes =
  /^(discovery|keys)_|_created$|^(sign_in_page|consent_given|pkce_compared|access_token_checked|end_session_)/

export async function gatherEvidence(
  { log }: Pick<Bench, 'log'>,
  experiment: Experiment,
  outcome: Outcome,
): Promise<Evidence> {
  const { exhibits, forgedTexts } = log
  const prints = await fingerprintsOf(exhibits.flatMap(textsOf))
  const steps = exhibits.flatMap(each => (each.type === 'step' ? [each.step] : []))
  const messages = messagesOfSteps(steps, 'lab', text => prints.get(text) ?? null).map(message => ({
    ...message,
    carried: message.carried.map(value =>
      value.text !== null && forgedTexts.has(value.text) ? { ...value, tampered: true } : value,
    ),
  }))
  const lines = draw(exhibits, messages, experiment, prints, forgedTexts)
  const decisive = decisiveOf(lines, outcome)
  const whole = withMark(lines, decisive, experiment, outcome)
  const from = whole.findIndex(isAttack)
  const [earlier, shown] = from < 0 ? [[], whole] : [whole.slice(0, from), whole.slice(from)]
  const used = new Set(shown.flatMap(line => [line.from, line.to]))
  return {
    earlier,
    lines: shown,
    lanes: laneOrder.filter(lane => used.has(lane)),
    messages,
    decisive: decisive?.message ?? null,
  }
}

function textsOf(exhibit: Exhibit): string[] {
  const values = exhibit.type === 'step' ? valuesOf(exhibit.step) : (exhibit.act.values ?? [])
  return values.map(({ text }) => text)
}

function draw(
  exhibits: readonly Exhibit[],
  messages: readonly Message[],
  experiment: Experiment,
  prints: ReadonlyMap<string, string>,
  forged: ReadonlySet<string>,
): EvidenceLine[] {
  const byId = new Map(messages.map(message => [message.id, message]))
  let step = 0
  return exhibits.flatMap((each, i): EvidenceLine[] => {
    if (each.type === 'act') return [actLine(each.act, `act${i}`, prints, forged)]
    step++
    const message = byId.get(`e${step}`)
    return message && isShown(message) ? [messageLine(message, each.actor, each.step, experiment)] : []
  })
}

function isShown({ kind, status, channel }: Message): boolean {
  return !behindTheScenes.test(kind) && (channel !== 'check' || status === 'blocked')
}

function actLine(
  act: Act,
  id: string,
  prints: ReadonlyMap<string, string>,
  forged: ReadonlySet<string>,
): EvidenceLine {
  const values = (act.values ?? []).map(({ value, text }) => ({
    ...carriedText(value, text, prints.get(text)),
    tampered: forged.has(text),
  }))
  return { ...act, id, channel: 'act', values, refused: false, mark: null, message: null }
}

function messageLine(message: Message, actor: Actor, step: Step, { defender }: Experiment): EvidenceLine {
  const api = defender === 'resource-server' && step.kind.startsWith('api_')
  const place = (lane: Lane): EvidenceLane =>
    lane === 'app' || lane === 'you' ? 'app' : api ? 'resource-server' : lane
  let [from, to] = [place(message.from), place(message.to)]
  if (actor !== 'app' && message.channel !== 'check') {
    // Who edits what comes to the app stands where it comes from; in everything else that party is the client.
    const plants = to === 'app' && 'tampered' in step && (step.tampered ?? []).length > 0
    const arrives = step.kind === 'authorization_response' && step.via === 'redirect'
    if (plants || arrives || from === 'app') from = actor
    else to = actor
  }
  return {
    id: message.id,
    from,
    to,
    text: textOf(message, from),
    channel: message.channel === 'front' ? 'front' : message.channel === 'check' ? 'check' : 'back',
    values: message.carried,
    refused: message.status === 'failed' || (message.url !== null && /[?&]error=/.test(message.url)),
    mark: message.channel === 'check' ? 'stopped' : null,
    message,
  }
}

/** Short enough for the space between two lifelines. */
function textOf({ kind, label, url }: Message, from: EvidenceLane): string {
  if (kind === 'refresh_request') return label.replace(', refresh', '')
  if (kind !== 'authorization_response' || url === null) return label
  // Only a server redirects. What an attacker made is an address that is opened.
  if (from === 'attacker') return `GET ${new URL(url).pathname}`
  const answer = new URL(url).searchParams
  const error = answer.get('error')
  return error !== null ? `Answers ${error}` : answer.has('code') ? 'Gives a code' : 'Gives no code'
}

const isAttack = ({ from, to, mark }: EvidenceLine) =>
  from === 'attacker' || to === 'attacker' || mark !== null

/** The last answer that the attacker got, or the check of the app that refused. */
function decisiveOf(lines: readonly EvidenceLine[], { by }: Outcome): EvidenceLine | null {
  if (by === 'app') return lines.findLast(line => line.channel === 'check') ?? null
  return (
    lines.findLast(line => line.to === 'attacker' && line.channel !== 'act') ??
    lines.findLast(line => line.message !== null) ??
    null
  )
}

/** A shield on the lifeline of whoever decided, before the answer in which it was read. */
function withMark(
  lines: readonly EvidenceLine[],
  decisive: EvidenceLine | null,
  experiment: Experiment,
  { verdict, by }: Outcome,
): EvidenceLine[] {
  if (verdict !== 'blocked' && verdict !== 'not-blocked') return [...lines]
  const lane = by ?? experiment.defender
  const stopped = verdict === 'blocked'
  const text = stopped ? (by === experiment.defender ? experiment.check : 'Refuses') : 'Lets it pass'
  if (decisive?.channel === 'check')
    return lines.map(line => (line === decisive ? { ...line, text: experiment.check } : line))
  const shield: EvidenceLine = {
    id: 'verdict',
    from: lane,
    to: lane,
    text,
    channel: 'check',
    values: [],
    refused: false,
    mark: stopped ? 'stopped' : 'passed',
    message: null,
  }
  const at = decisive?.to === 'attacker' ? lines.indexOf(decisive) : placeWithoutAnswer(lines, lane)
  return [...lines.slice(0, at), shield, ...lines.slice(at)]
}

/** Before that party shows what came of it, else behind what was put before it. */
function placeWithoutAnswer(lines: readonly EvidenceLine[], lane: EvidenceLane): number {
  const puts = ({ from, to, channel }: EvidenceLine) =>
    to === lane && (channel === 'act' || from === 'attacker')
  const planted = lines.findLastIndex(puts) + 1 || lines.length
  const shown = lines.findIndex((line, i) => i >= planted && line.channel === 'act' && line.from === lane)
  return shown < 0 ? planted : shown
}
