/** A page that could not be shown: says so, and offers the way on. */
import { useRouteError } from 'react-router'
import { Page } from '../ui/page.tsx'
import { Failure } from './failure.tsx'

export function RouteError() {
  const error = useRouteError()
  const chunk = error instanceof TypeError && /import|fetch/i.test(error.message)
  return (
    <Page width="narrow">
      <Failure
        error={{
          code: chunk ? 'page_not_loaded' : 'unexpected',
          received: error instanceof Error ? error.message : String(error),
        }}
      />
    </Page>
  )
}
