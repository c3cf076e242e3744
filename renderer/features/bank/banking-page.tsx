import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type ReactNode, useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { useWhere } from '../../app/filters/filter-bar.tsx'
import { MayCall } from '../../app/may.tsx'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Page } from '../../ui/page.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AcceptAll } from './accept-all.tsx'
import { AccountBar } from './account-bar.tsx'
import { AccountDialog } from './account-dialog.tsx'
import classes from './bank.module.css'
import { BankingToolbar } from './banking-toolbar.tsx'
import { type BankingState, useBankingState } from './list-state.ts'
import { StatementList } from './statement-list.tsx'
import { TransactionList } from './transaction-list.tsx'

const importButton = (
  <MayCall call="bankStatements.import">
    <Button leftSection={<IconFileImport size={15} />} renderRoot={(props) => <Link to="/banking/import" {...props} />}>
      Import statement
    </Button>
  </MayCall>
)

const NoAccount = () => {
  const [adding, setAdding] = useState(false)
  return (
    <Page title="Banking">
      <EmptyState
        sentence="Import a statement of your bank, and what came in finds the invoices that it pays."
        action={importButton}
        secondary={
          <MayCall call="bankAccounts.create">
            <Button variant="subtle" onClick={() => setAdding(true)}>
              Add an account by hand
            </Button>
          </MayCall>
        }
      />
      <AccountDialog account={null} open={adding} onClose={() => setAdding(false)} />
    </Page>
  )
}

const Lists = ({ state, accounts }: { readonly state: BankingState; readonly accounts: ReactNode }) => {
  const { search } = state
  const accountId = search.account ?? null
  const pages = useApiPages('bankTransactions', 'list', {
    accountId,
    filter: search.filter ?? 'to-match',
    search: search.search ?? '',
    where: useWhere('bankLines', search.where),
  })
  return (
    <Page
      fill
      title="Banking"
      actions={
        <>
          <AcceptAll rows={pages.rows} accountId={accountId} />
          {importButton}
        </>
      }
      toolbar={<BankingToolbar {...state} counts={pages.first?.counts} />}
    >
      <div className={classes['body']}>
        {accounts}
        {search.view === 'statements' ? (
          <StatementList accountId={accountId} />
        ) : (
          <TransactionList state={state} pages={pages} />
        )}
      </div>
    </Page>
  )
}

/** Bank accounts, what came in on them, and the payments that it becomes. */
export const BankingPage = () => {
  const state = useBankingState()
  const accounts = useApiQuery('bankAccounts', 'list', {})
  if (accounts.isPending) {
    return (
      <Page title="Banking">
        <Skeleton lines={9} label="Loading bank accounts" />
      </Page>
    )
  }
  if (accounts.data === undefined) {
    return (
      <Page title="Banking">
        <ErrorPanel {...describeError(accounts.error)} onRetry={() => void accounts.refetch()} />
      </Page>
    )
  }
  if (accounts.data.length === 0) return <NoAccount />
  return (
    <Lists
      state={state}
      accounts={
        <AccountBar
          accounts={accounts.data}
          chosen={state.search.account ?? null}
          onChoose={(id) => (id === null ? state.clear('account', 'line') : state.change({ account: id }))}
        />
      }
    />
  )
}
