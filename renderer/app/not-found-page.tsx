import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { EmptyState } from '../ui/empty-state.tsx'
import { Page } from '../ui/page.tsx'

export const NotFoundPage = () => (
  <Page title="Nothing here">
    <EmptyState
      sentence="This address leads nowhere; your data is untouched."
      action={<Button renderRoot={(props) => <Link to="/" {...props} />}>Go to Home</Button>}
    />
  </Page>
)
