// Hands the provider's answer to the page of this origin that waits for it, and blanks the address first.
// In a frame the parent is told, nobody else; in a popup a channel of this origin carries it, so that a provider
// which cuts the opener does no harm. The one who waits compares `state`.
;(() => {
  const message = { type: 'pkce-lens.callback', query: location.search }
  const fragment = location.hash
  try {
    history.replaceState(null, '', location.pathname)
  } catch {
    // A sandboxed frame may not change its address; what it posts is not heard anyway.
  }
  if (window.parent !== window) {
    // The fragment goes to the parent alone: a provider that still puts tokens there is found by it.
    window.parent.postMessage({ ...message, fragment }, location.origin)
    return
  }
  const channel = new BroadcastChannel('pkce-lens.callback')
  channel.postMessage(message)
  channel.close()
  window.close()
})()
