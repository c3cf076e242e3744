import { ActionIcon, Button, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useWatch } from 'react-hook-form'
import type { Contract, Output } from '../../../shared/contract/index.ts'
import { contract, type Input } from '../../../shared/contract/index.ts'
import type { PaymentMethod } from '../../../shared/contract/payments.ts'
import { paymentMethods } from '../../../shared/contract/payments.ts'
import { cashStepOf } from '../../../shared/money/cash-rounding.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useCommand } from '../../app/queries.ts'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { AmountField } from '../../ui/number-fields.tsx'
import { CurrencySelect } from '../../ui/place-selects.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './settings.module.css'

type Rounding = Output<Contract['taxSettings']['get']>['cashRoundings'][number]

const schema = contract.taxSettings.setCashRounding.input
type Values = Input<typeof contract.taxSettings.setCashRounding>

const methodTexts: Readonly<Record<PaymentMethod, string>> = {
  cash: 'Cash',
  'bank-transfer': 'Bank transfer',
  card: 'Card',
  cheque: 'Cheque',
  'direct-debit': 'Direct debit',
  upi: 'UPI',
  other: 'Other',
}

const stop = async ({ currency, method, stepE4 }: Rounding) => {
  try {
    await api.taxSettings.setCashRounding({ currency, method, stepE4: null })
    showToast({
      message: `${currency} is no longer rounded.`,
      undo: () => api.taxSettings.setCashRounding({ currency, method, stepE4 }),
    })
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

type Props = { readonly roundings: readonly Rounding[]; readonly currency: string; readonly country: string }

/** Where the smallest coins are gone: steps that totals are rounded to, on a line of their own. */
export const CashRoundingPanel = ({ roundings, currency, country }: Props) => {
  const formats = useFormats()
  const save = useCommand('taxSettings', 'setCashRounding')
  const usual = cashStepOf(currency, country)
  const form = useSchemaForm(schema, { currency, method: 'cash', stepE4: usual })
  const { control } = form
  const chosen = useWatch({ control, name: 'currency' }) ?? currency
  const submit = async (values: Values) => {
    await save.mutateAsync(values)
    showToast({ message: `${values.currency} is rounded when paid by ${methodTexts[values.method].toLowerCase()}.` })
  }
  return (
    <section aria-label="Cash rounding">
      <div className={classes['table-head']}>
        <h2>Cash rounding</h2>
        <p>Only what is paid is rounded, never a line or its tax; the difference is a line of its own.</p>
      </div>
      {roundings.length > 0 && (
        <table className={classes['table']}>
          <caption className="visually-hidden">Cash rounding by currency and method</caption>
          <tbody>
            {roundings.map((it) => (
              <tr key={`${it.currency} ${it.method}`}>
                <th scope="row">{it.currency}</th>
                <td>{methodTexts[it.method]}</td>
                <td data-align="end">{formats.amount(it.stepE4, it.currency)}</td>
                <td data-align="end">
                  <ActionIcon
                    aria-label={`Stop rounding ${it.currency}, ${methodTexts[it.method]}`}
                    onClick={() => void stop(it)}
                  >
                    <IconTrash size={15} />
                  </ActionIcon>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <Form<typeof schema> form={form} onSubmit={submit} label="Cash rounding">
        <div className={classes['line-form']}>
          <Field control={control} name="currency">
            {(bound) => <CurrencySelect {...bound} label="Currency" />}
          </Field>
          <Field control={control} name="method">
            {({ value, ...bound }) => (
              <Select
                {...bound}
                label="Paid by"
                value={value ?? null}
                allowDeselect={false}
                data={paymentMethods.map((method) => ({ value: method, label: methodTexts[method] }))}
              />
            )}
          </Field>
          <Field control={control} name="stepE4">
            {(bound) => <AmountField {...bound} currency={chosen} label="Rounded to" placeholder="0.05" />}
          </Field>
          <Button type="submit" variant="default" loading={form.formState.isSubmitting}>
            Round
          </Button>
        </div>
      </Form>
    </section>
  )
}
