import { Button, PasswordInput, Select } from '@mantine/core'
import { useState } from 'react'
import { mail } from '../../../shared/contract/mail.ts'
import { api } from '../../api.ts'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import {
  Field,
  FieldRow,
  Form,
  FormSection,
  type SchemaForm,
  showServerProblems,
  useSchemaForm,
} from '../../ui/form.tsx'
import { WholeNumberField } from '../../ui/number-fields.tsx'
import { TextField } from '../../ui/text-field.tsx'
import { showToast } from '../../ui/toast.tsx'
import { type AccountInput, providerOfAddress, providerOfHost, providers, securities, usualPort } from './providers.ts'
import { SecretNote } from './secret-note.tsx'
import classes from './settings.module.css'
import { TestResult } from './test-result.tsx'

const schema = mail.saveAccount.input

type Saved = ApiOutput<'mail', 'account'>
type AccountForm = SchemaForm<typeof schema>

const other = 'other'

const startOf = ({ account }: Saved, business: string): AccountInput =>
  account === null
    ? {
        version: null,
        fromName: business,
        fromAddress: '',
        replyTo: null,
        host: '',
        port: 465,
        security: 'tls',
        userName: null,
        password: null,
      }
    : { ...account, password: null }

const useProvider = (form: AccountForm) => {
  const host = form.watch('host')
  const provider = providerOfHost(host)
  const choose = (id: string | null) => {
    const chosen = providers.find((it) => it.id === id)
    if (chosen === undefined) return form.setValue('host', '', { shouldDirty: true })
    const shouldDirty = true
    form.setValue('host', chosen.host, { shouldDirty, shouldValidate: form.formState.isSubmitted })
    form.setValue('port', chosen.port, { shouldDirty })
    form.setValue('security', chosen.security, { shouldDirty })
  }
  // What the address already tells need not be looked up and typed.
  const learnFrom = (address: string) => {
    if (address === '' || !address.includes('@')) return
    if (form.getValues('userName') === null) form.setValue('userName', address, { shouldDirty: true })
    const known = providerOfAddress(address)
    if (known !== undefined && form.getValues('host') === '') choose(known.id)
  }
  return { provider, choose, learnFrom }
}

const SenderFields = ({
  form,
  onAddress,
}: {
  readonly form: AccountForm
  readonly onAddress: (address: string) => void
}) => (
  <FormSection title="Sender" hint="What your clients see.">
    <FieldRow>
      <Field control={form.control} name="fromName">
        {(bound) => <TextField {...bound} label="Name" required />}
      </Field>
      <Field control={form.control} name="fromAddress">
        {(bound) => (
          <TextField
            {...bound}
            label="E-mail address"
            type="email"
            autoComplete="email"
            required
            onBlur={() => {
              bound.onBlur()
              onAddress(bound.value)
            }}
          />
        )}
      </Field>
    </FieldRow>
    <Field control={form.control} name="replyTo">
      {(bound) => (
        <TextField {...bound} label="Answers go to" type="email" description="Only if it is another address." />
      )}
    </Field>
  </FormSection>
)

const ServerFields = ({ form }: { readonly form: AccountForm }) => (
  <>
    <FieldRow>
      <Field control={form.control} name="host">
        {(bound) => (
          <TextField {...bound} label="Mail server" placeholder="smtp.example.com" required spellCheck={false} />
        )}
      </Field>
      <Field control={form.control} name="port">
        {(bound) => <WholeNumberField {...bound} label="Port" required />}
      </Field>
    </FieldRow>
    <Field control={form.control} name="security">
      {(bound) => (
        <Select
          {...bound}
          label="Encryption"
          data={securities.map(({ value, label }) => ({ value, label }))}
          onChange={(chosen) => {
            const security = securities.find((it) => it.value === chosen)?.value ?? 'tls'
            const wasUsual = form.getValues('port') === usualPort(form.getValues('security'))
            bound.onChange(security)
            if (wasUsual) form.setValue('port', usualPort(security), { shouldDirty: true })
          }}
        />
      )}
    </Field>
  </>
)

const SignInFields = ({ form, saved }: { readonly form: AccountForm; readonly saved: Saved }) => (
  <FormSection title="Sign-in" hint="As your mail provider gave it to you.">
    <FieldRow>
      <Field control={form.control} name="userName">
        {(bound) => (
          <TextField
            {...bound}
            label="User name"
            autoComplete="username"
            spellCheck={false}
            description="Usually your e-mail address."
            onChange={(text) => bound.onChange(text === '' ? null : text)}
          />
        )}
      </Field>
      <Field control={form.control} name="password">
        {(bound) => (
          <PasswordInput
            {...bound}
            size="sm"
            label="Password"
            autoComplete="off"
            value={bound.value ?? ''}
            onChange={(event) => bound.onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
            description={saved.account?.hasPassword ? 'One is kept; leave this empty to keep it.' : 'Asked for once.'}
            visibilityToggleButtonProps={{ 'aria-label': 'Show the password' }}
          />
        )}
      </Field>
    </FieldRow>
    <SecretNote store={saved.secretStore} />
  </FormSection>
)

const useTest = (form: AccountForm) => {
  const [result, setResult] = useState<ApiOutput<'mail', 'testAccount'> | null>(null)
  const [busy, setBusy] = useState(false)
  const test = async () => {
    setResult(null)
    if (!(await form.trigger(undefined, { shouldFocus: true }))) return
    setBusy(true)
    try {
      const { version: _version, ...settings } = form.getValues()
      setResult(await api.mail.testAccount(settings))
    } catch (thrown) {
      showServerProblems<typeof schema>(form, thrown)
    } finally {
      setBusy(false)
    }
  }
  return { result, busy, test }
}

type Props = { readonly saved: Saved; readonly business: string }

/** The mail account: a provider fills the server in, a test says which step fails, saving keeps the password apart. */
export const AccountForm = ({ saved, business }: Props) => {
  const form = useSchemaForm(schema, startOf(saved, business))
  const save = useCommand('mail', 'saveAccount')
  const remove = useCommand('mail', 'removeAccount')
  const { provider, choose, learnFrom } = useProvider(form)
  const { result, busy, test } = useTest(form)
  const onRemove = async () => {
    if (saved.account === null) return
    const yes = await confirmAct({
      title: 'Remove the mail account?',
      body: 'Its password is deleted too. Messages that still wait in the outbox will fail until there is an account again.',
      verb: 'Remove the account',
      danger: true,
    })
    if (!yes) return
    try {
      await remove.mutateAsync({ version: saved.account.version })
      showToast({ message: 'The mail account is removed.' })
    } catch (thrown) {
      showServerProblems<typeof schema>(form, thrown)
    }
  }
  return (
    <Form
      form={form}
      label="Mail account"
      onSubmit={async (values) => {
        await save.mutateAsync(values)
        showToast({ message: 'The mail account is saved.' })
      }}
    >
      <SenderFields form={form} onAddress={learnFrom} />
      <FormSection title="Server" hint="Your provider fills these in.">
        <Select
          label="Provider"
          searchable
          data={[
            ...providers.map(({ id, name }) => ({ value: id, label: name })),
            { value: other, label: 'Another one' },
          ]}
          value={provider?.id ?? other}
          onChange={choose}
        />
        {provider?.note != null && <p className={classes['hint']}>{provider.note}</p>}
        <ServerFields form={form} />
      </FormSection>
      <SignInFields form={form} saved={saved} />
      <div className={classes['buttons']}>
        <Button type="submit" loading={save.isPending}>
          Save
        </Button>
        <Button variant="default" loading={busy} onClick={() => void test()}>
          Test the settings
        </Button>
        {saved.account !== null && (
          <Button variant="subtle" color="red" className={classes['apart']} onClick={() => void onRemove()}>
            Remove the account
          </Button>
        )}
      </div>
      {result !== null && <TestResult result={result} />}
    </Form>
  )
}
