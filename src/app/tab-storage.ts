/** Session storage that answers instead of throwing: a browser may refuse it. */
export const tabStorage = {
  get: (key: string): string | null => attempt(() => sessionStorage.getItem(key), null),
  set: (key: string, value: string): boolean =>
    attempt(() => {
      sessionStorage.setItem(key, value)
      return true
    }, false),
  remove: (key: string): void => attempt(() => sessionStorage.removeItem(key), undefined),
}

function attempt<T>(run: () => T, otherwise: T): T {
  try {
    return run()
  } catch {
    return otherwise
  }
}
