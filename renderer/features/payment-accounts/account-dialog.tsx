import { Button, Checkbox } from '@mantine/core'
import { contract, type Input } from '../../../shared/contract/index.ts'
import type { PaymentAccount } from '../../../shared/contract/payment-accounts.ts'
import { api } from '../../api.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { Field, FieldRow, Form, type SchemaForm, useSchemaForm } from '../../ui/form.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { CurrencySelect } from '../../ui/place-selects.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './payment-accounts.module.css'

const schema = contract.paymentAccounts.create.input
type Values = Input<typeof contract.paymentAccounts.create>
type AccountForm = SchemaForm<typeof schema>

const compared = [
  { path: 'label', label: 'Name here' },
  { path: 'holder', label: 'Account holder' },
  { path: 'bankName', label: 'Bank' },
  { path: 'iban', label: 'IBAN' },
  { path: 'qrIban', label: 'QR-IBAN' },
  { path: 'bic', label: 'BIC' },
  { path: 'accountNumber', label: 'Account number' },
  { path: 'sortCode', label: 'Sort code or IFSC' },
  { path: 'upiId', label: 'UPI id' },
  { path: 'linkTemplate', label: 'Payment link' },
  { path: 'currency', label: 'Currency' },
  { path: 'isDefault', label: 'Default' },
]

const startOf = (account: PaymentAccount | null, holder: string) => ({
  label: account?.label ?? '',
  holder: account?.holder ?? holder,
  bankName: account?.bankName ?? null,
  iban: account?.iban ?? null,
  qrIban: account?.qrIban ?? null,
  bic: account?.bic ?? null,
  accountNumber: account?.accountNumber ?? null,
  sortCode: account?.sortCode ?? null,
  upiId: account?.upiId ?? null,
  linkTemplate: account?.linkTemplate ?? null,
  currency: account?.currency ?? null,
  isDefault: account?.isDefault ?? false,
})

type Props = { readonly account: PaymentAccount | null; readonly onClose: () => void }

const useSaveAccount = ({ account, onClose }: Props) => {
  const create = useCommand('paymentAccounts', 'create')
  const update = useCommand('paymentAccounts', 'update')
  const guarded = useGuardedSave<Values>({
    what: account?.label ?? 'This account',
    fields: compared,
    before: startOf(account, ''),
    latest: async () => {
      const latest = (await api.paymentAccounts.list({})).find((it) => it.id === account?.id)
      if (latest === undefined) throw new Error('This account is no longer there.')
      return latest
    },
    save: ({ isDefault, ...values }, version) =>
      update.mutateAsync({
        id: account?.id ?? '',
        version,
        ...values,
        ...(isDefault ? { isDefault: true as const } : {}),
      }),
    onSaved: () => {
      onClose()
      showToast({ message: 'Account saved.' })
    },
  })
  const save = async (values: Values) => {
    if (account !== null) return await guarded.save(values, account.version)
    const made = await create.mutateAsync(values)
    onClose()
    showToast({ message: `${values.label} added.`, undo: () => api.paymentAccounts.delete(made) })
  }
  return { save, dialog: guarded.dialog }
}

const BankFields = ({ form: { control } }: { readonly form: AccountForm }) => (
  <>
    <FieldRow>
      <Field control={control} name="holder">
        {(bound) => (
          <TextField {...bound} label="Account holder" description="As the bank knows it." withAsterisk required />
        )}
      </Field>
      <Field control={control} name="bankName">
        {(bound) => <TextField {...bound} label="Bank" description="Printed beside the account." />}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="iban">
        {(bound) => (
          <TextField
            {...bound}
            label="IBAN"
            description="In euro: an EPC code."
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field control={control} name="bic">
        {(bound) => (
          <TextField {...bound} label="BIC" description="Outside of the EEA." autoComplete="off" spellCheck={false} />
        )}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="qrIban">
        {(bound) => (
          <TextField
            {...bound}
            label="QR-IBAN"
            description="Switzerland: a slip with a QR reference."
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
      <Field control={control} name="upiId">
        {(bound) => (
          <TextField
            {...bound}
            label="UPI id"
            description="India: name@bank, a code in rupees."
            autoComplete="off"
            spellCheck={false}
          />
        )}
      </Field>
    </FieldRow>
    <FieldRow>
      <Field control={control} name="accountNumber">
        {(bound) => <TextField {...bound} label="Account number" description="Where there is no IBAN." />}
      </Field>
      <Field control={control} name="sortCode">
        {(bound) => <TextField {...bound} label="Sort code or IFSC" description="Routing of the account." />}
      </Field>
    </FieldRow>
  </>
)

/** Adds an account to pay to, or changes one; issued documents keep what they named. */
export const AccountDialog = (props: Props) => {
  const organization = useApiQuery('organizations', 'get', {}).data
  if (organization === undefined) return null
  return <Loaded {...props} holder={(organization.tradeName ?? organization.legalName).slice(0, 70)} />
}

const Loaded = ({ account, onClose, holder }: Props & { readonly holder: string }) => {
  const form = useSchemaForm(schema, startOf(account, holder))
  const { control } = form
  const { save, dialog } = useSaveAccount({ account, onClose })
  return (
    <>
      <Dialog open onClose={onClose} title={account === null ? 'New account' : `Edit ${account.label}`} size="lg">
        <Form<typeof schema> form={form} onSubmit={save} label="Account to pay to">
          <FieldRow>
            <Field control={control} name="label">
              {(bound) => (
                <TextField
                  {...bound}
                  label="Name here"
                  description="Never printed."
                  withAsterisk
                  required
                  data-autofocus
                />
              )}
            </Field>
            <Field control={control} name="currency">
              {(bound) => (
                <CurrencySelect
                  {...bound}
                  label="Currency"
                  description="Documents in it name this account."
                  placeholder="Any other"
                  clearable
                />
              )}
            </Field>
          </FieldRow>
          <BankFields form={form} />
          <Field control={control} name="linkTemplate">
            {(bound) => (
              <TextField
                {...bound}
                label="Payment link"
                description="Printed, clickable and as a code; {number}, {amount} and {currency} are filled in."
                placeholder="https://pay.example/{number}"
                autoComplete="off"
                spellCheck={false}
              />
            )}
          </Field>
          <Field control={control} name="isDefault">
            {({ value, onChange, error, ...bound }) => (
              <Checkbox
                {...bound}
                className={classes['check'] ?? ''}
                label="Default of its currency"
                description="The first account of a currency is it by itself."
                checked={value ?? false}
                disabled={account?.isDefault ?? false}
                onChange={(event) => onChange(event.currentTarget.checked)}
                error={error}
              />
            )}
          </Field>
          <DialogFooter>
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={form.formState.isSubmitting}>
              {account === null ? 'Add account' : 'Save account'}
            </Button>
          </DialogFooter>
        </Form>
      </Dialog>
      {dialog}
    </>
  )
}
