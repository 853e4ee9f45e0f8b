/** The browser answers no question about a page whose navigation hangs; nobody waits for it longer than this. */
const patience = 2_000

/** What the promise brings in time, else the fallback; a rejection is the fallback as well. */
export function within<T>(asked: Promise<T>, fallback: T): Promise<T> {
  return new Promise(resolve => {
    const timer = setTimeout(resolve, patience, fallback)
    asked.then(resolve, () => resolve(fallback)).finally(() => clearTimeout(timer))
  })
}
