import { Button, Select } from '@mantine/core'
import { secondFactorRules, securitySettingsSchema } from '../../../shared/contract/security.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useMayCall, useMe } from '../../app/me.ts'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Field, FieldRow, Form, saveForm, useSchemaForm } from '../../ui/form.tsx'
import { WholeNumberField } from '../../ui/number-fields.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { AloneCard } from './alone-card.tsx'
import { Encryption } from './encryption.tsx'
import classes from './people.module.css'
import { SecurityEvents } from './security-events.tsx'

const ruleNames = { nobody: 'Nobody', admins: 'Owners and admins', everybody: 'Everybody' } as const

const Rules = ({ settings }: { readonly settings: ApiOutput<'security', 'settings'> }) => {
  const form = useSchemaForm(securitySettingsSchema, settings)
  const mayChange = useMayCall()('security.setSettings')
  return (
    <Panel title="Rules of signing in">
      <p className={classes['hint']}>Who belongs to several businesses here follows the strictest of them.</p>
      <Form<typeof securitySettingsSchema>
        form={form}
        label="Rules of signing in"
        onSubmit={async (values) => {
          await saveForm(form, async () => {
            await api.security.setSettings(values)
            return values
          })
          showToast({ message: 'Rules saved. Days signed in count from the next sign-in.' })
        }}
      >
        <FieldRow>
          <Field control={form.control} name="sessionDays">
            {(bound) => (
              <WholeNumberField
                {...bound}
                label="Days signed in"
                description="Then the password again."
                disabled={!mayChange}
              />
            )}
          </Field>
          <Field control={form.control} name="idleMinutes">
            {(bound) => (
              <WholeNumberField
                {...bound}
                label="Minutes until it locks"
                description="Without a key or a click."
                disabled={!mayChange}
              />
            )}
          </Field>
          <Field control={form.control} name="adminIdleMinutes">
            {(bound) => (
              <WholeNumberField
                {...bound}
                label="For owners and admins"
                description="They can do the most harm."
                disabled={!mayChange}
              />
            )}
          </Field>
        </FieldRow>
        <Field control={form.control} name="secondFactor">
          {({ ref, value, onChange, error }) => (
            <Select
              ref={ref}
              className={classes['narrow']}
              label="Who must have one-time codes"
              description="Whoever has none sets them up before anything else is open, you too."
              data={secondFactorRules.map((rule) => ({ value: rule, label: ruleNames[rule] }))}
              value={value}
              onChange={onChange}
              error={error}
              allowDeselect={false}
              disabled={!mayChange}
            />
          )}
        </Field>
        {mayChange && (
          <div className={classes['buttons']}>
            <Button
              type="submit"
              variant="default"
              loading={form.formState.isSubmitting}
              disabled={!form.formState.isDirty}
            >
              Save rules
            </Button>
          </div>
        )}
      </Form>
    </Panel>
  )
}

const Behind = () => {
  const settings = useApiQuery('security', 'settings', {}, { live: false })
  if (settings.data === undefined) {
    return settings.isError ? (
      <ErrorPanel {...describeError(settings.error)} onRetry={() => void settings.refetch()} />
    ) : (
      <Skeleton lines={6} />
    )
  }
  return (
    <div className={classes['stack']}>
      <Encryption />
      <Rules settings={settings.data} />
      <SecurityEvents />
    </div>
  )
}

/** The rules of signing in, and what happened to who may come in. */
export const SecuritySection = () => {
  const me = useMe()
  if (me === undefined) return <Skeleton lines={6} />
  return me.hasPassword ? <Behind /> : <AloneCard me={me} />
}
