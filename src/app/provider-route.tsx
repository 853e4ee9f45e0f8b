import { Page } from '../ui/page.tsx'

export function Component() {
  return (
    <Page title="Who signs people in?" lede="The provider's configuration will be here.">
      {null}
    </Page>
  )
}
