const second = 1000

const wholeSecond = () => Math.floor(Date.now() / second) * second

const watchers = new Set<() => void>()
let now = 0
let timer: ReturnType<typeof setTimeout> | undefined

/**
 * The one clock of the page, in whole seconds. It ticks while somebody watches and the page is visible, on the second,
 * so that all countdowns change together.
 */
export const clock = {
  /** the time in ms since 1970, cut to the second */
  now: () => (timer === undefined ? wholeSecond() : now),

  subscribe(tick: () => void): () => void {
    watchers.add(tick)
    if (watchers.size === 1) {
      document.addEventListener('visibilitychange', onVisibility)
      start()
    }
    return () => {
      watchers.delete(tick)
      if (watchers.size > 0) return
      document.removeEventListener('visibilitychange', onVisibility)
      stop()
    }
  },
}

function start() {
  if (document.visibilityState === 'hidden') return
  now = wholeSecond()
  timer = setTimeout(onTick, second - (Date.now() % second))
}

function stop() {
  clearTimeout(timer)
  timer = undefined
}

function onTick() {
  start()
  for (const tick of watchers) tick()
}

function onVisibility() {
  // Nobody sees a tick of a hidden page, and one that leaves hides while the next page is loading.
  stop()
  if (document.visibilityState !== 'hidden') onTick()
}
