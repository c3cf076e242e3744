import { Link } from '@tanstack/react-router'
import { describeError } from '../../app/errors.ts'
import { useOrganization } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AccountForm } from './account-form.tsx'
import classes from './settings.module.css'

/** The mail part of the settings: the account that sends. */
export const MailSettings = () => {
  const organization = useOrganization()
  const query = useApiQuery('mail', 'account', {})
  const saved = query.data
  return (
    <div className={classes['settings']}>
      <Panel title="Mail account">
        {query.isPending && <Skeleton lines={6} />}
        {query.isError && <ErrorPanel {...describeError(query.error)} onRetry={() => void query.refetch()} />}
        {saved !== undefined && (
          <AccountForm key={saved.account?.version ?? 'new'} saved={saved} business={organization?.name ?? ''} />
        )}
      </Panel>
      <p className={classes['hint']}>
        What messages say is under{' '}
        <Link to="/settings/$section" params={{ section: 'mail-templates' }}>
          Mail templates
        </Link>
        .
      </p>
    </div>
  )
}
