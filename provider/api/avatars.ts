/** Pictures of the two people: drawn here, so that no other server is asked. */

interface Look {
  readonly ground: string
  readonly skin: string
  readonly hair: string
  readonly shirt: string
}

const looks: Readonly<Record<string, Look>> = {
  alice: { ground: '#dfe4f5', skin: '#f0c9a8', hair: '#8a5a2b', shirt: '#6c4ec3' },
  bob: { ground: '#d9ece6', skin: '#c68f63', hair: '#23201f', shirt: '#0a766c' },
}

/** The picture as SVG, or null for somebody unknown. */
export function avatar(username: string): string | null {
  const look = Object.hasOwn(looks, username) ? looks[username] : undefined
  if (!look) return null
  const long = username === 'alice'
  const hair = long
    ? '<path d="M29 62c-3-26 4-38 19-38s22 12 19 38c-4 6-9 7-11 4l-2-22H42l-2 22c-2 3-7 2-11-4z"/>'
    : '<path d="M33 41c-1-13 5-19 15-19s16 6 15 19l-4-6c-7 1-15 1-22 0z"/><path d="M36 50c1 12 6 16 12 16s11-4 12-16c-3 4-8 5-12 5s-9-1-12-5z"/>'
  const face =
    '<ellipse cx="48" cy="44" rx="12.5" ry="15"/><rect x="42" y="54" width="12" height="14" rx="5"/>'
  const shoulders = '<path d="M18 96c1-20 13-30 30-30s29 10 30 30z"/>'
  const fringe = long ? '<path d="M35 40c2-8 7-12 13-12s11 4 13 12c-6 0-11-2-14-5-3 3-7 5-12 5z"/>' : ''
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96" width="96" height="96"><rect width="96" height="96" fill="${look.ground}"/>${
    long ? `<g fill="${look.hair}">${hair}</g>` : ''
  }<g fill="${look.shirt}">${shoulders}</g><g fill="${look.skin}">${face}</g><g fill="${look.hair}">${long ? fringe : hair}</g></svg>`
}
