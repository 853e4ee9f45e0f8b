import { preference } from './preference.ts'

/** Single-key shortcuts, on or off. A person who speaks their text or rests a hand on the keys turns them off. */
export const shortcutsChoice = preference<'on' | 'off'>('pkce-lens.shortcuts', ['on', 'off'])

/** Fields take letters, and so do these roles: a key pressed there is text or a choice, not a command. */
const takesKeys =
  'input, textarea, select, [contenteditable=""], [contenteditable="true"], [role="textbox"], [role="combobox"]'

/** True when a key press asks for the shortcut `key`: nothing held, nobody typing, no dialog in front, not a repeat. */
export function isShortcut(event: KeyboardEvent, key: string): boolean {
  if (shortcutsChoice.get() === 'off' || event.defaultPrevented || event.repeat || event.isComposing)
    return false
  if (event.ctrlKey || event.metaKey || event.altKey) return false
  if (event.key.toLowerCase() !== key.toLowerCase()) return false
  if (event.target instanceof Element && event.target.closest(takesKeys)) return false
  return document.querySelector('[role="dialog"][data-state="open"]') === null
}
