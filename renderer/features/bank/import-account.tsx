import { Select } from '@mantine/core'
import { useEffect } from 'react'
import type { BankPreview } from '../../../shared/contract/bank.ts'
import { useOrganization } from '../../app/organization.ts'
import { useApiQuery } from '../../app/queries.ts'
import { FieldRow } from '../../ui/form.tsx'
import { Panel } from '../../ui/panel.tsx'
import { CurrencySelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import type { FileChoice } from './import-state.ts'

const newOne = 'new'

type Props = {
  readonly preview: BankPreview
  readonly choice: FileChoice
  readonly onChoose: (change: Partial<FileChoice>) => void
}

/** Whose file it is, where the file does not say so: an account that is there, or a new one. */
export const ImportAccount = ({ preview, choice, onChoose }: Props) => {
  const base = useOrganization()?.currency ?? 'EUR'
  const accounts = useApiQuery('bankAccounts', 'list', {})
  const isAsked = preview.needsAccount || choice.accountId !== null || choice.newAccount !== null
  const isNew = preview.statements.some((it) => it.isNewAccount)
  const known = accounts.data ?? []
  const [only] = known
  // One account of that currency: it is most likely of that one.
  const likely =
    known.length === 1 && only !== undefined && (preview.currency === null || preview.currency === only.currency)
      ? only.id
      : null
  // biome-ignore lint/correctness/useExhaustiveDependencies: it chooses once, when there is something to choose
  useEffect(() => {
    if (preview.needsAccount && likely !== null && choice.accountId === null) onChoose({ accountId: likely })
  }, [preview.needsAccount, likely])
  if (!isAsked && !isNew) return null
  const currency = choice.newAccount?.currency ?? preview.currency ?? base
  const value = choice.accountId ?? (choice.newAccount !== null || isNew ? newOne : null)
  return (
    <Panel title="Account">
      <FieldRow>
        <Select
          label="The file is of"
          placeholder="Choose an account"
          data={[
            ...known.map(({ id, name }) => ({ value: id, label: name })),
            { value: newOne, label: 'A new account' },
          ]}
          value={value}
          onChange={(chosen) => {
            if (chosen === newOne) onChoose({ accountId: null, newAccount: { name: 'Current account', currency } })
            else if (chosen !== null) onChoose({ accountId: chosen, newAccount: null })
          }}
        />
        {value === newOne && (
          <TextField
            label="Name of the new account"
            value={choice.newAccount?.name ?? preview.statements.find((it) => it.isNewAccount)?.accountName ?? ''}
            onChange={(name) => onChoose({ newAccount: name.trim() === '' ? null : { name, currency } })}
          />
        )}
        {value === newOne && preview.currency === null && (
          <CurrencySelect
            label="Currency"
            value={currency}
            onChange={(code) =>
              code !== null &&
              onChoose({ newAccount: { name: choice.newAccount?.name ?? 'Current account', currency: code } })
            }
          />
        )}
      </FieldRow>
    </Panel>
  )
}
