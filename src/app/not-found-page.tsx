import { Link } from 'react-router'
import { Page } from '../ui/page.tsx'

export default function NotFoundPage() {
  return (
    <Page
      width="narrow"
      title="There is no page here"
      lede="The address may be old or mistyped. Nothing is lost."
    >
      <Link to="/">Go to the start</Link>
    </Page>
  )
}
