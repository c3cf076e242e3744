import { Button, NativeSelect } from '@mantine/core'
import { contract } from '../../../../shared/contract/index.ts'
import { useCommand } from '../../../app/queries.ts'
import { DialogFooter } from '../../../ui/dialog.tsx'
import { Field, Form, useSchemaForm } from '../../../ui/form.tsx'
import { TextField } from '../../../ui/text-field.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { isTyped, TypedConfirmation } from '../../../ui/typed-confirmation.tsx'
import classes from './data-rights.module.css'
import { askers, type Preview } from './erasure-texts.ts'

type Props = { readonly client: Preview['client']; readonly onClose: () => void }

/** The legal act: who asked, why, and the code of the client typed by hand. */
export const EraseForm = ({ client, onClose }: Props) => {
  const erase = useCommand('dataRights', 'erase')
  const form = useSchemaForm(contract.dataRights.erase.input, {
    clientId: client.id,
    version: client.version,
    askedBy: 'person',
    reason: '',
    confirmation: '',
  })
  const isMeant = isTyped(form.watch('confirmation'), client.code)
  return (
    <Form
      form={form}
      onSubmit={async (values) => {
        const { clientCode } = await erase.mutateAsync(values)
        showToast({ message: `Client ${clientCode} is erased.` })
        onClose()
      }}
    >
      <div className={classes['fields']}>
        <Field control={form.control} name="askedBy">
          {({ value, onChange, error, ...field }) => (
            <NativeSelect
              {...field}
              label="Who asked"
              data={[...askers]}
              value={value}
              error={error}
              onChange={(event) =>
                onChange(askers.find((it) => it.value === event.currentTarget.value)?.value ?? 'person')
              }
            />
          )}
        </Field>
        <Field control={form.control} name="reason">
          {(field) => <TextField {...field} label="Reason" description="It stays for good: no names." required />}
        </Field>
        <Field control={form.control} name="confirmation">
          {(field) => <TypedConfirmation {...field} expected={client.code} maxLength={30} />}
        </Field>
      </div>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep the client
        </Button>
        <Button type="submit" color="red" loading={erase.isPending} disabled={!isMeant}>
          Erase {client.code}
        </Button>
      </DialogFooter>
    </Form>
  )
}
