/** The learner's place, kept in this browser: no secret. It survives the redirect and a reload. */

export const progressKey = 'pkce-lens.lesson'

/** Null when nothing was kept, or when the browser refuses. */
export function readKept(): string | null {
  try {
    return localStorage.getItem(progressKey)
  } catch {
    return null
  }
}

export function keep(text: string): void {
  try {
    localStorage.setItem(progressKey, text)
  } catch {
    // Where storage is forbidden the lesson lasts as long as the page.
  }
}
