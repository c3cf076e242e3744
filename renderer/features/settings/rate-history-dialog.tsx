import { ActionIcon, Button } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { contract, type Input } from '../../../shared/contract/index.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useCommand } from '../../app/queries.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../ui/form.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { PercentField } from '../../ui/number-fields.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './settings.module.css'

const schema = contract.taxRates.addVersion.input
type Values = Input<typeof contract.taxRates.addVersion>

const remove = async (version: TaxRate['versions'][number]) => {
  try {
    await api.taxRates.deleteVersion({ id: version.id, version: version.version })
    showToast({ message: 'Change removed; documents keep what they hold.' })
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

const History = ({ rate }: { readonly rate: TaxRate }) => {
  const formats = useFormats()
  const newestFirst = rate.versions.toReversed()
  return (
    <table className={classes['table']}>
      <caption className="visually-hidden">History of {rate.name}</caption>
      <thead>
        <tr>
          <th scope="col">From</th>
          <th scope="col">Name</th>
          <th scope="col" data-align="end">
            Rate
          </th>
          <th scope="col" data-align="end">
            <span className="visually-hidden">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {newestFirst.map((version) => (
          <tr key={version.id}>
            <th scope="row">{formats.date(version.effectiveFrom)}</th>
            <td>{version.name}</td>
            <td data-align="end">{formats.percent(version.rateE6)}</td>
            <td data-align="end">
              <ActionIcon
                aria-label={`Remove the change of ${formats.date(version.effectiveFrom)}`}
                onClick={() => void remove(version)}
              >
                <IconTrash size={15} />
              </ActionIcon>
            </td>
          </tr>
        ))}
        <tr>
          <th scope="row">{rate.versions.length === 0 ? 'Always' : 'Before'}</th>
          <td>{rate.original.name}</td>
          <td data-align="end">{formats.percent(rate.original.rateE6)}</td>
          <td />
        </tr>
      </tbody>
    </table>
  )
}

type Props = { readonly rate: TaxRate; readonly onClose: () => void }

/** What a rate was and will be: each document takes the one in force at its tax point. */
export const RateHistoryDialog = ({ rate, onClose }: Props) => {
  const today = useToday()
  const add = useCommand('taxRates', 'addVersion')
  const form = useSchemaForm(schema, { taxRateId: rate.id, name: rate.name })
  const { control } = form
  const submit = async (values: Values) => {
    await add.mutateAsync(values)
    form.reset({ taxRateId: rate.id, name: values.name })
    showToast({ message: `${values.name} from that day on.` })
  }
  return (
    <Dialog open onClose={onClose} title={`${rate.name} by date`} size="lg">
      <div className={classes['stack']}>
        <History rate={rate} />
        <Form<typeof schema> form={form} onSubmit={submit} label="New percentage">
          <div className={classes['line-form']}>
            <Field control={control} name="effectiveFrom">
              {(bound) => <DateField {...bound} today={today} label="From" data-autofocus />}
            </Field>
            <Field control={control} name="name">
              {(bound) => <TextField {...bound} label="Name" />}
            </Field>
            <Field control={control} name="rateE6">
              {(bound) => <PercentField {...bound} label="Rate" />}
            </Field>
            <Button type="submit" loading={form.formState.isSubmitting}>
              Add change
            </Button>
          </div>
        </Form>
      </div>
    </Dialog>
  )
}
