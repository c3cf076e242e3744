import { describeError } from '../../app/errors.ts'
import { useOrganization } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AccountForm } from './account-form.tsx'
import classes from './settings.module.css'
import { TemplateEditor } from './template-editor.tsx'

/** The mail part of the settings: the account that sends, and the words that go with an invoice. */
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
      <Panel title="Message with an invoice">
        <TemplateEditor />
      </Panel>
    </div>
  )
}
