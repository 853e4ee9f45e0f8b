/** One mebibyte, as for the client itself: no document of this protocol is larger. */
const maximumBytes = 1_048_576

/**
 * The body of an answer; null when it is longer than that, and what is left of it is not fetched.
 * @param stop ends the reading, also of a body that goes on for ever; the promise rejects then
 */
export async function boundedText(response: Response, stop: AbortSignal): Promise<string | null> {
  const reader = response.body?.getReader()
  if (!reader) return ''
  const cancel = () => void reader.cancel().catch(() => {})
  stop.addEventListener('abort', cancel)
  try {
    const decoder = new TextDecoder()
    let text = ''
    for (let size = 0; ; ) {
      const { done, value } = await reader.read()
      stop.throwIfAborted()
      if (done) return text + decoder.decode()
      size += value.byteLength
      if (size > maximumBytes) {
        cancel()
        return null
      }
      text += decoder.decode(value, { stream: true })
    }
  } finally {
    stop.removeEventListener('abort', cancel)
  }
}
