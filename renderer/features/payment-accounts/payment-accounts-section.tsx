import { ActionIcon, Button } from '@mantine/core'
import { IconPencil, IconPlus, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { PaymentAccount } from '../../../shared/contract/payment-accounts.ts'
import { spacedIban } from '../../../shared/documents/bank-ids.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { AccountDialog } from './account-dialog.tsx'
import classes from './payment-accounts.module.css'

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const remove = async (account: PaymentAccount) => {
  try {
    const gone = await api.paymentAccounts.delete({ id: account.id, version: account.version })
    showToast({ message: `${account.label} deleted.`, undo: () => api.paymentAccounts.restore(gone) })
  } catch (thrown) {
    tell(thrown)
  }
}

const makeDefault = async ({ id, version, label, currency }: PaymentAccount) => {
  try {
    await api.paymentAccounts.update({ id, version, isDefault: true })
    showToast({ message: `New documents in ${currency ?? 'any other currency'} name ${label}.` })
  } catch (thrown) {
    tell(thrown)
  }
}

/** What a client pays by, in a few words. */
const waysOf = ({ iban, qrIban, accountNumber, upiId, linkTemplate }: PaymentAccount): string[] => [
  ...(iban === null ? [] : [spacedIban(iban)]),
  ...(qrIban === null ? [] : [`QR ${spacedIban(qrIban)}`]),
  ...(accountNumber === null ? [] : [`Account ${accountNumber}`]),
  ...(upiId === null ? [] : [`UPI ${upiId}`]),
  ...(linkTemplate === null ? [] : ['Payment link']),
]

/** The code that a document in the account's currency shows, as far as the account decides it. */
const codeOf = ({ iban, qrIban, upiId, linkTemplate, currency }: PaymentAccount): string => {
  const codes = [
    ...(/^(CH|LI)/.test(qrIban ?? iban ?? '') && (currency ?? 'CHF') !== 'INR' ? ['Swiss QR-bill'] : []),
    ...(iban !== null && !/^(CH|LI)/.test(iban) && (currency ?? 'EUR') === 'EUR' ? ['EPC'] : []),
    ...(upiId !== null && (currency ?? 'INR') === 'INR' ? ['UPI'] : []),
    ...(linkTemplate === null ? [] : ['Link']),
  ]
  return codes.join(', ') || 'None'
}

const AccountRow = ({ account, onEdit }: { readonly account: PaymentAccount; readonly onEdit: () => void }) => (
  <tr>
    <th scope="row">
      <span className={classes['name']}>
        {account.label}
        {account.isDefault && (
          <StatusChip tone="accent" icon={IconStarFilled}>
            Default
          </StatusChip>
        )}
      </span>
      <span className={classes['holder']}>{account.holder}</span>
    </th>
    <td>{account.currency ?? 'Any'}</td>
    <td>
      {waysOf(account).map((way) => (
        <div key={way} className={classes['way']}>
          {way}
        </div>
      ))}
    </td>
    <td>{codeOf(account)}</td>
    <td data-align="end">
      <span className={classes['acts']}>
        {!account.isDefault && (
          <ActionIcon aria-label={`Make ${account.label} the default`} onClick={() => void makeDefault(account)}>
            <IconStar size={15} />
          </ActionIcon>
        )}
        <ActionIcon aria-label={`Edit ${account.label}`} onClick={onEdit}>
          <IconPencil size={15} />
        </ActionIcon>
        <ActionIcon aria-label={`Delete ${account.label}`} onClick={() => void remove(account)}>
          <IconTrash size={15} />
        </ActionIcon>
      </span>
    </td>
  </tr>
)

/** Where clients pay to: the accounts that documents name, each for its currency. */
export const PaymentAccountsSection = () => {
  const accounts = useApiQuery('paymentAccounts', 'list', {})
  const [editing, setEditing] = useState<PaymentAccount | 'new' | null>(null)
  if (accounts.isError) {
    return <ErrorPanel {...describeError(accounts.error)} onRetry={() => void accounts.refetch()} />
  }
  if (accounts.data === undefined) return <Skeleton />
  const add = (
    <Button leftSection={<IconPlus size={15} aria-hidden="true" />} onClick={() => setEditing('new')}>
      New account
    </Button>
  )
  return (
    <section aria-label="Ways to pay">
      {accounts.data.length === 0 ? (
        <EmptyState
          sentence="Documents name the bank details of the business until there is an account here."
          action={add}
        />
      ) : (
        <>
          <div className={classes['head']}>
            <p>Documents name the account of their currency; issued ones keep the one they named.</p>
            {add}
          </div>
          <div className={classes['scroll']}>
            <table className={classes['table']}>
              <caption className="visually-hidden">Accounts to pay to</caption>
              <thead>
                <tr>
                  <th scope="col">Account</th>
                  <th scope="col">Currency</th>
                  <th scope="col">Ways to pay</th>
                  <th scope="col">Code on paper</th>
                  <th scope="col" data-align="end">
                    <span className="visually-hidden">Actions</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {accounts.data.map((account) => (
                  <AccountRow key={account.id} account={account} onEdit={() => setEditing(account)} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      {editing !== null && (
        <AccountDialog account={editing === 'new' ? null : editing} onClose={() => setEditing(null)} />
      )}
    </section>
  )
}
