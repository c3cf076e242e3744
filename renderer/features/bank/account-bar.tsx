import { ActionIcon } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState } from 'react'
import type { BankAccount } from '../../../shared/contract/bank.ts'
import { MayCall } from '../../app/may.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { AccountDialog } from './account-dialog.tsx'
import classes from './bank.module.css'

type Props = {
  readonly accounts: readonly BankAccount[]
  readonly chosen: string | null
  readonly onChoose: (id: string | null) => void
}

/** The accounts with their last balance; one is chosen, or all. */
export const AccountBar = ({ accounts, chosen, onChoose }: Props) => {
  const formats = useFormats()
  const [edited, setEdited] = useState<BankAccount | null>(null)
  const balance = ({ closingE4, closingOn, currency }: BankAccount) =>
    closingE4 === null
      ? currency
      : `${formats.amount(closingE4, currency)}${closingOn === null ? '' : ` on ${formats.date(closingOn)}`}`
  return (
    <div className={classes['accounts']}>
      {accounts.length > 1 && (
        <div className={classes['account']} data-chosen={chosen === null || undefined}>
          <button
            type="button"
            className={classes['choose']}
            aria-pressed={chosen === null}
            onClick={() => onChoose(null)}
          >
            <b>All accounts</b>
            <span>{accounts.length} accounts</span>
          </button>
        </div>
      )}
      {accounts.map((account) => (
        <div key={account.id} className={classes['account']} data-chosen={account.id === chosen || undefined}>
          <button
            type="button"
            className={classes['choose']}
            aria-pressed={account.id === chosen}
            onClick={() => onChoose(account.id === chosen ? null : account.id)}
          >
            <b>{account.name}</b>
            <span>{balance(account)}</span>
          </button>
          <MayCall call="bankAccounts.update">
            <ActionIcon
              size={24}
              variant="subtle"
              aria-label={`Change the account ${account.name}`}
              onClick={() => setEdited(account)}
            >
              <IconPencil size={14} />
            </ActionIcon>
          </MayCall>
        </div>
      ))}
      <AccountDialog key={edited?.id ?? ''} account={edited} open={edited !== null} onClose={() => setEdited(null)} />
    </div>
  )
}
