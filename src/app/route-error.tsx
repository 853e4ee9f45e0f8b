/** A page that could not be shown: says so, and offers the way on. */
import { useRouteError } from 'react-router'
import { Page } from '../ui/page.tsx'
import { ErrorView } from './error-view.tsx'

export function RouteError() {
  const error = useRouteError()
  const chunk = error instanceof TypeError && /import|fetch/i.test(error.message)
  return (
    <Page width="narrow">
      <ErrorView
        error={{
          code: chunk ? 'page_not_loaded' : 'unexpected',
          received: error instanceof Error ? error.message : String(error),
        }}
      />
    </Page>
  )
}
