/** A part of a page with code of its own. What goes wrong in it stays in it: the page around it goes on. */
import { Component, type ReactNode } from 'react'
import { Alert } from './alert.tsx'
import { Button } from './button.tsx'
import { type OwnCode, useCode } from './own-code.tsx'

export interface PartProps<Props extends object> {
  readonly code: OwnCode<Props>
  readonly props: Props
  /** Begins the sentence when it cannot be shown: "The lens". */
  readonly name: string
  /** Stands here while the code is on its way. */
  readonly waiting?: ReactNode
}

export function Part<Props extends object>({ code, props, name, waiting }: PartProps<Props>) {
  const { Component: Loaded, error, retry } = useCode(code)
  if (error) return <PartNotLoaded name={name} onRetry={retry} />
  return Loaded ? (
    <PartBoundary name={name}>
      <Loaded {...props} />
    </PartBoundary>
  ) : (
    waiting
  )
}

/** The code of a part did not come: offline, or the files of this version are gone. */
export function PartNotLoaded({ name, onRetry }: { name: string; onRetry: () => void }) {
  return (
    <Alert
      code="page_not_loaded"
      title={`${name} could not be loaded`}
      actions={<Button onClick={onRetry}>Try again</Button>}
    >
      <p>
        The network may be away. If a new version of the app was put online, load the page again. Everything
        else on this page works.
      </p>
    </Alert>
  )
}

class PartBoundary extends Component<{ name: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError() {
    return { failed: true }
  }

  override render() {
    if (!this.state.failed) return this.props.children
    return (
      <Alert
        code="unexpected"
        title={`${this.props.name} stopped working`}
        actions={<Button onClick={() => this.setState({ failed: false })}>Try again</Button>}
      >
        <p>Everything else on this page works.</p>
      </Alert>
    )
  }
}
