/** A small choice that outlives the page, and that others can watch. Never a secret. */
export type Preference<Choice> = {
  get: () => Choice
  set: (choice: Choice) => void
  /** calls back after every change, in this tab or another; returns the way to stop */
  subscribe: (changed: () => void) => () => void
}

/** One of several words; anything else that is kept reads as the first of them. */
export function preference<Choice extends string>(
  key: string,
  choices: readonly [Choice, ...Choice[]],
): Preference<Choice> {
  const [usual] = choices
  return kept<Choice>(key, text => choices.find(choice => choice === text) ?? usual, String)
}

/**
 * Kept in `localStorage` under `key`. Where storage is forbidden or full, the choice holds until the page goes.
 * @param parse reads what is kept, and whatever else may stand there; null: nothing is
 */
export function kept<Choice>(
  key: string,
  parse: (text: string | null) => Choice,
  write: (choice: Choice) => string,
): Preference<Choice> {
  const watchers = new Set<() => void>()
  // Read when it is first asked for: local storage is slow then, and a callback has a request to send before.
  let current: Choice | undefined

  const onStorage = (event: StorageEvent) => {
    if (event.key !== key && event.key !== null) return
    current = parse(event.newValue)
    for (const changed of watchers) changed()
  }

  return {
    get: () => (current ??= parse(stored(key))),
    set: choice => {
      current = choice
      keep(key, write(choice))
      for (const changed of watchers) changed()
    },
    subscribe: changed => {
      if (watchers.size === 0) globalThis.addEventListener('storage', onStorage)
      watchers.add(changed)
      return () => {
        watchers.delete(changed)
        if (watchers.size === 0) globalThis.removeEventListener('storage', onStorage)
      }
    },
  }
}

/* Reading `localStorage` itself throws where a browser blocks storage. */
function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function keep(key: string, text: string): void {
  try {
    localStorage.setItem(key, text)
  } catch {
    return
  }
}
