import { Page } from '../ui/page.tsx'

export default function Component() {
  return (
    <Page title="Experiments" lede="Attacks that you can run against your own provider will be here.">
      {null}
    </Page>
  )
}
