import { type RefObject, useEffect, useLayoutEffect, useRef } from 'react'

/**
 * A button that makes way for another when it is pressed hands its focus on: to the first `successor` in `box`.
 * Call it in the component that changes the buttons.
 */
export function useKeptFocus(box: RefObject<HTMLElement | null>, successor = 'button:enabled'): void {
  const focused = useRef<Element | null>(null)

  useEffect(() => {
    const note = ({ target }: FocusEvent) => {
      focused.current = target instanceof Element && box.current?.contains(target) ? target : null
    }
    document.addEventListener('focusin', note)
    return () => document.removeEventListener('focusin', note)
  }, [box])

  useLayoutEffect(() => {
    const gone = focused.current !== null && !focused.current.isConnected
    if (gone && document.activeElement === document.body)
      box.current?.querySelector<HTMLElement>(successor)?.focus({ preventScroll: true })
  })
}
