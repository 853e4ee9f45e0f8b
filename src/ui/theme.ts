import { preference } from './preference.ts'

export type Theme = 'light' | 'dark'
export type ThemeChoice = 'system' | Theme

/** The person's choice, kept in `localStorage` as `pkce-lens.theme`. */
export const themeChoice = preference<ThemeChoice>('pkce-lens.theme', ['system', 'light', 'dark'])

/** What the system asks for. */
export function systemTheme(): Theme {
  return globalThis.matchMedia?.('(prefers-color-scheme: dark)').matches ? 'dark' : 'light'
}

/** What is on the screen. */
export function shownTheme(): Theme {
  const choice = themeChoice.get()
  return choice === 'system' ? systemTheme() : choice
}

/** Puts the choice on the root element as `data-theme`; `system` leaves it to the browser. */
export function applyTheme(): void {
  const choice = themeChoice.get()
  if (choice === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = choice
}

/** Applies the choice now and after every change, also one made in another tab. Returns the way to stop. */
export function startTheme(): () => void {
  applyTheme()
  return themeChoice.subscribe(applyTheme)
}

/** Changes to the other theme. A choice that agrees with the system becomes `system`, and follows it from then on. */
export function toggleTheme(): void {
  const wanted: Theme = shownTheme() === 'dark' ? 'light' : 'dark'
  themeChoice.set(wanted === systemTheme() ? 'system' : wanted)
  applyTheme()
}
