import { Button } from '@mantine/core'
import { contract } from '../../../shared/contract/index.ts'
import type { Me } from '../../app/me.ts'
import { useCommand } from '../../app/queries.ts'
import { Field, FieldRow, Form, useSchemaForm } from '../../ui/form.tsx'
import { Panel } from '../../ui/panel.tsx'
import { colorOf, personColors } from '../../ui/person-mark.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './people.module.css'
import { PictureSetting } from './picture-setting.tsx'

const schema = contract.users.updateMe.input
const colorNames = ['Navy', 'Violet', 'Plum', 'Rust', 'Ochre', 'Green', 'Teal', 'Grey']

/** One’s own name, address and colour. */
export const Profile = ({ me }: { readonly me: Me }) => {
  const { version, name, email, color } = me
  const form = useSchemaForm(schema, { version, name, email, color })
  const update = useCommand('users', 'updateMe')
  const shown = form.watch()
  if (me.id === null) return null
  return (
    <Panel title="Your profile">
      <div className={classes['stack']}>
        <PictureSetting me={{ ...me, id: me.id }} name={shown.name} color={shown.color} />
        <Form<typeof schema>
          form={form}
          label="Your profile"
          onSubmit={async (values) => {
            await update.mutateAsync({ ...values, version })
            showToast({ message: 'Profile saved.' })
          }}
        >
          <FieldRow>
            <Field control={form.control} name="name">
              {(bound) => <TextField {...bound} label="Name" maxLength={100} autoComplete="name" />}
            </Field>
            <Field control={form.control} name="email">
              {(bound) => <TextField {...bound} label="E-mail" maxLength={254} autoComplete="email" />}
            </Field>
          </FieldRow>
          <fieldset className={classes['swatches']}>
            <legend>Colour of your initials</legend>
            {personColors.map((it, index) => (
              <button
                key={it}
                type="button"
                aria-label={colorNames[index]}
                aria-pressed={colorOf(shown.name, shown.color) === it}
                style={{ background: it }}
                onClick={() => form.setValue('color', it, { shouldDirty: true })}
              />
            ))}
          </fieldset>
          <div className={classes['buttons']}>
            <Button type="submit" variant="default" loading={update.isPending} disabled={!form.formState.isDirty}>
              Save profile
            </Button>
          </div>
        </Form>
      </div>
    </Panel>
  )
}
