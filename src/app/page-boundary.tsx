/** A page that could not be shown: says so, and offers the way on. Another path is another try. */
import { Component, type ReactNode } from 'react'
import { Page } from '../ui/page.tsx'
import { Failure } from './failure.tsx'

export class PageBoundary extends Component<{ path: string; children: ReactNode }, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  override componentDidUpdate(before: { path: string }) {
    if (before.path !== this.props.path && this.state.error !== null) this.setState({ error: null })
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    const chunk = error instanceof TypeError && /import|fetch|load/i.test(error.message)
    const received = error instanceof Error ? error.message : String(error)
    return (
      <Page width="narrow">
        <Failure error={{ code: chunk ? 'page_not_loaded' : 'unexpected', received }} />
      </Page>
    )
  }
}
