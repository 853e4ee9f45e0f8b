import { createContext, useContext } from 'react'

export const SheetContext = createContext<() => void>(() => undefined)

/** Opens the lens where it is a sheet over the page; beside or under the page it stays as the person left it. */
export function useOpenSheet(): () => void {
  return useContext(SheetContext)
}
