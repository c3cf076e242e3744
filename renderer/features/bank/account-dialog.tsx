import { Button } from '@mantine/core'
import type { z } from 'zod'
import type { BankAccount } from '../../../shared/contract/bank.ts'
import { contract } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useOrganization } from '../../app/organization.ts'
import { useCommand } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { CurrencySelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'

const schema = contract.bankAccounts.create.input

type BodyProps = { readonly account: BankAccount | null; readonly onClose: () => void }

const useSave = ({ account, onClose }: BodyProps) => {
  const create = useCommand('bankAccounts', 'create')
  const update = useCommand('bankAccounts', 'update')
  return async ({ name, accountNumber, currency }: z.output<typeof schema>) => {
    if (account === null) await create.mutateAsync({ name, accountNumber, currency })
    else await update.mutateAsync({ id: account.id, version: account.version, name, accountNumber })
    showToast({ message: `The account ${name} is saved.` })
    onClose()
  }
}

const archive = async (account: BankAccount, onClose: () => void) => {
  try {
    const { id, version } = await api.bankAccounts.update({
      id: account.id,
      version: account.version,
      status: 'archived',
    })
    showToast({
      message: `The account ${account.name} is archived.`,
      undo: () => api.bankAccounts.update({ id, version, status: 'active' }),
    })
    onClose()
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

const Body = ({ account, onClose }: BodyProps) => {
  const base = useOrganization()?.currency ?? ''
  const form = useSchemaForm(schema, {
    name: account?.name ?? '',
    accountNumber: account?.accountNumber ?? '',
    currency: account?.currency ?? base,
  })
  const save = useSave({ account, onClose })
  return (
    <Form form={form} label="Bank account" onSubmit={save}>
      <Field control={form.control} name="name">
        {(bound) => <TextField label="Name" description="As you call it." required data-autofocus {...bound} />}
      </Field>
      <Field control={form.control} name="accountNumber">
        {(bound) => (
          <TextField
            label="Account number"
            description="IBAN, or the number in the files: statements find their account by it."
            {...bound}
            value={bound.value ?? ''}
          />
        )}
      </Field>
      {account === null && (
        <Field control={form.control} name="currency">
          {({ value, onChange, error }) => (
            <CurrencySelect label="Currency" value={value} error={error} onChange={(code) => onChange(code ?? base)} />
          )}
        </Field>
      )}
      <DialogFooter>
        {account !== null && (
          <Button variant="subtle" color="red" onClick={() => void archive(account, onClose)}>
            Archive
          </Button>
        )}
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button type="submit" loading={form.formState.isSubmitting}>
          Save account
        </Button>
      </DialogFooter>
    </Form>
  )
}

type Props = { readonly account: BankAccount | null; readonly open: boolean; readonly onClose: () => void }

/** Adds a bank account, or changes one. */
export const AccountDialog = ({ account, open, onClose }: Props) => (
  <Dialog open={open} onClose={onClose} title={account === null ? 'New bank account' : account.name} size="sm">
    {open && <Body account={account} onClose={onClose} />}
  </Dialog>
)
