import { Button } from '@mantine/core'
import { useDocumentTitle } from '@mantine/hooks'
import { Link } from '@tanstack/react-router'
import { TearLine } from '../ui/tear-line.tsx'
import type { OrganizationBrief } from './organization.ts'
import { leave } from './person-menu.tsx'
import classes from './refused-page.module.css'

type Props = { readonly back: OrganizationBrief | null }

/** In place of the first run, for somebody who may not add a business here. */
export const NoBusinessPage = ({ back }: Props) => {
  useDocumentTitle('No business · Counterfoil')
  return (
    <main className={classes['page']}>
      <section className={classes['slip']}>
        <h1>{back === null ? 'No business is open to you' : 'Only owners of this workstation add a business'}</h1>
        <p>
          {back === null
            ? 'You can sign in here, but you belong to no business at the moment. An owner or an admin adds you under Settings, People.'
            : 'Ask an owner of the first business that is kept here. They find it in the menu of the business name.'}
        </p>
        <TearLine />
        {back === null ? (
          <div>
            <Button variant="default" onClick={() => void leave('signOut')}>
              Sign out
            </Button>
          </div>
        ) : (
          <Link to="/">Back to {back.name}</Link>
        )}
      </section>
    </main>
  )
}
