import { useSyncExternalStore } from 'react'
import { IconButton } from './icon-button.tsx'
import { themeChoice, toggleTheme } from './theme.ts'
import { useMedia } from './use-media.tsx'
import { useShortcut } from './use-shortcut.tsx'

/** Changes between light and dark; the T key does the same. */
export function ThemeToggle() {
  const choice = useSyncExternalStore(themeChoice.subscribe, themeChoice.get)
  const systemIsDark = useMedia('(prefers-color-scheme: dark)')
  const dark = choice === 'system' ? systemIsDark : choice === 'dark'
  useShortcut('t', toggleTheme)
  return (
    <IconButton
      icon={dark ? 'sun' : 'moon'}
      label={dark ? 'Use the light theme' : 'Use the dark theme'}
      kbd="T"
      onClick={toggleTheme}
    />
  )
}
