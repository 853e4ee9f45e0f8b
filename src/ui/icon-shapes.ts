/** One stroke of an icon in a 16 by 16 box. A bare string is a path drawn with the usual 1.5 px line. */
export type IconShape =
  | string
  | {
      d: string
      /** filled with the line's colour; `solid` has no line around it */
      fill?: 'ink' | 'solid'
      /** drawn in white on a solid shape */
      onSolid?: true
      /** line width in px */
      width?: number
      /** a pale block, like the panel in a window */
      faint?: true
    }

const circle = (cx: number, cy: number, r: number) =>
  `M${cx - r} ${cy}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`

const rect = (x: number, y: number, w: number, h: number, r: number) =>
  `M${x + r} ${y}h${w - 2 * r}a${r} ${r} 0 0 1 ${r} ${r}v${h - 2 * r}a${r} ${r} 0 0 1 ${-r} ${r}h${-(w - 2 * r)}` +
  `a${r} ${r} 0 0 1 ${-r} ${-r}v${-(h - 2 * r)}a${r} ${r} 0 0 1 ${r} ${-r}z`

const dot = (x: number, y: number): IconShape => ({ d: `M${x} ${y}h.01`, width: 1.8 })
const solid = (d: string): IconShape => ({ d, fill: 'ink' })

const windowFrame = rect(1.75, 2.75, 12.5, 10.5, 1.9)
const shield = 'M8 1.75l5 1.75v4.1c0 3.15-2.05 5.4-5 6.65-2.95-1.25-5-3.5-5-6.65V3.5z'
const tray = 'M2.75 11.25v1a1.4 1.4 0 0 0 1.4 1.4h7.7a1.4 1.4 0 0 0 1.4-1.4v-1'

/** Every icon of the house, drawn on a 16 px grid with round 1.5 px lines. */
export const iconShapes = {
  eye: [
    'M1.5 8C3 5.2 5.3 3.75 8 3.75S13 5.2 14.5 8C13 10.8 10.7 12.25 8 12.25S3 10.8 1.5 8z',
    circle(8, 8, 2),
  ],
  'eye-off': [
    'M6.3 3.98A6.9 6.9 0 0 1 8 3.75c2.7 0 5 1.45 6.5 4.25a10 10 0 0 1-1.7 2.25',
    'M10.5 11.75A6.6 6.6 0 0 1 8 12.25C5.3 12.25 3 10.8 1.5 8a9.6 9.6 0 0 1 2.1-2.6',
    'M2.5 2.5l11 11',
  ],
  lock: [rect(3.25, 7, 9.5, 6.75, 1.75), 'M5.25 7V5.25a2.75 2.75 0 0 1 5.5 0V7'],
  hand: ['M4.5 2.5v9.5l2.6-2.2 1.6 3.7 1.75-.75-1.6-3.65 3.4-.25z'],
  check: ['M3.25 8.5 6.5 11.75 12.75 4.5'],
  x: ['M4.25 4.25l7.5 7.5M11.75 4.25l-7.5 7.5'],
  alert: ['M8 2.5l6.25 10.75H1.75zM8 6.75v3', dot(8, 11.4)],
  info: [circle(8, 8, 6), 'M8 7.5v3.5', dot(8, 5)],
  shield: [shield],
  'shield-ok': [shield, 'M5.6 8l1.75 1.75 3.1-3.5'],
  'shield-x': [shield, 'M6.15 6.15l3.7 3.7M9.85 6.15l-3.7 3.7'],
  'shield-no': [
    { d: 'M8 1.3l5.4 1.9v4.4c0 3.4-2.2 5.8-5.4 7.1-3.2-1.3-5.4-3.7-5.4-7.1V3.2z', fill: 'solid' },
    { d: 'M6.1 6.1l3.8 3.8M9.9 6.1 6.1 9.9', onSolid: true, width: 1.6 },
  ],
  play: [solid('M5 3.25v9.5L12.5 8z')],
  pause: [{ d: 'M5.5 3.75v8.5M10.5 3.75v8.5', width: 2 }],
  next: [solid('M4 3.6v8.8L10.4 8z'), { d: 'M12.5 3.6v8.8', width: 1.8 }],
  reset: ['M3.25 8.25A4.8 4.8 0 1 0 4.8 4.5', 'M3.1 2.6v2.7h2.7'],
  refresh: [
    'M13.1 7.25A5.15 5.15 0 0 0 3.9 4.8L2.75 6.1M2.75 3v3.1h3.1',
    'M2.9 8.75a5.15 5.15 0 0 0 9.2 2.45l1.15-1.3M13.25 13V9.9h-3.1',
  ],
  person: [circle(8, 5.25, 2.75), 'M2.75 13.75c.55-2.7 2.6-4.1 5.25-4.1s4.7 1.4 5.25 4.1'],
  tab: [windowFrame, 'M1.9 6.1h12.2', dot(4.2, 4.45), dot(6.3, 4.45)],
  keysrv: [circle(5.25, 8, 2.75), 'M8 8h6.25v1.75M11.9 8v2.25'],
  box: ['M8 1.75l5.75 3.15v6.2L8 14.25 2.25 11.1V4.9z', 'M2.5 5 8 8l5.5-3M8 8v6'],
  copy: [
    rect(5.5, 5.5, 8.25, 8.25, 1.7),
    'M10.5 5.5V3.95a1.7 1.7 0 0 0-1.7-1.7H3.95a1.7 1.7 0 0 0-1.7 1.7V8.8a1.7 1.7 0 0 0 1.7 1.7H5.5',
  ],
  moon: ['M13.5 9.75A5.9 5.9 0 0 1 6.25 2.5a5.9 5.9 0 1 0 7.25 7.25z'],
  sun: [
    circle(8, 8, 2.75),
    'M8 1.5v1.25M8 13.25v1.25M1.5 8h1.25M13.25 8h1.25M3.4 3.4l.9.9M11.7 11.7l.9.9M3.4 12.6l.9-.9M11.7 4.3l.9-.9',
  ],
  dr: [windowFrame, 'M10 2.9v10.2', { d: 'M10.9 5h2.3v6h-2.3z', faint: true }],
  db: [windowFrame, 'M1.9 9.4h12.2', { d: 'M4 10.3h8v2H4z', faint: true }],
  df: [windowFrame, { d: 'M4.25 5.25h7.5v5.5h-7.5z', faint: true }],
  down: ['M4.25 6.25 8 10l3.75-3.75'],
  up: ['M4.25 9.75 8 6l3.75 3.75'],
  right: ['M6.25 4.25 10 8l-3.75 3.75'],
  left: ['M9.75 4.25 6 8l3.75 3.75'],
  out: [
    'M6.25 2.75H4.4A1.65 1.65 0 0 0 2.75 4.4v7.2a1.65 1.65 0 0 0 1.65 1.65h1.85',
    'M10.25 5l3 3-3 3M13 8H6.25',
  ],
  undo: ['M5.5 3 2.75 5.75 5.5 8.5', 'M3 5.75h6.3a3.6 3.6 0 0 1 0 7.2H6.75'],
  minus: ['M3.5 8h9'],
  dots: [{ d: 'M3.6 8h.01M8 8h.01M12.4 8h.01', width: 2.2 }],
  help: [circle(8, 8, 6), 'M6.2 6.4A1.82 1.82 0 1 1 8.9 8c-.6.33-.9.7-.9 1.25', dot(8, 11.25)],
  arrow: ['M2.75 8H13M9.5 4.5 13 8l-3.5 3.5'],
  ext: [
    'M6.5 3.25H4.4A1.65 1.65 0 0 0 2.75 4.9v6.7a1.65 1.65 0 0 0 1.65 1.65h6.7a1.65 1.65 0 0 0 1.65-1.65V9.5',
    'M9.25 2.75h4v4M13 3 7.75 8.25',
  ],
  stamp: [circle(8, 8, 6), 'M5.4 8.25l1.8 1.8 3.4-3.85'],
  download: ['M8 2.25V10M4.75 6.9 8 10.15l3.25-3.25', tray],
  upload: ['M8 10.25V2.5M4.75 5.6 8 2.35l3.25 3.25', tray],
  share: [
    circle(12, 3.75, 1.75),
    circle(4, 8, 1.75),
    circle(12, 12.25, 1.75),
    'M5.6 7.15l4.8-2.55M5.6 8.85l4.8 2.55',
  ],
  clock: [circle(8, 8, 6), 'M8 4.75V8l2.25 1.5'],
  bug: [
    'M5 7.75a3 3 0 0 1 6 0v2.5a3 3 0 0 1-6 0zM8 8v5',
    'M6 5.2 4.9 3.6M10 5.2l1.1-1.6M5 9H2.4M11 9h2.6M5.2 11.4l-2 1.5M10.8 11.4l2 1.5M5.2 7 3.2 5.7M10.8 7l2-1.3',
  ],
} as const satisfies Record<string, readonly IconShape[]>

export type IconName = keyof typeof iconShapes
