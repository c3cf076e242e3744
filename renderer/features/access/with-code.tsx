import { Button, Select, TextInput } from '@mantine/core'
import { type FormEvent, useRef, useState } from 'react'
import { judgePassword } from '../../../shared/people/passwords.ts'
import { api } from '../../api.ts'
import { NewPasswordField } from '../../app/new-password-field.tsx'
import classes from './access.module.css'
import { Problem } from './problem.tsx'
import { useTry } from './use-try.ts'

type Owner = { readonly id: string; readonly name: string }

type FormProps = {
  readonly kind: 'invitation' | 'recovery'
}

const texts = {
  invitation: {
    label: 'Set your password',
    field: 'Your code',
    hint: 'As it was handed to you; spaces and dashes do not matter. It is good for a day.',
  },
  recovery: {
    label: 'Open with the recovery code',
    field: 'Recovery code',
    hint: 'The printed code: six groups of five. It opens the data and gives an owner a new password.',
  },
} as const

/** Comes in with something handed over or printed, and sets a new password. */
export const WithCode = ({ kind }: FormProps) => {
  const [code, setCode] = useState('')
  const [password, setPassword] = useState('')
  const [owners, setOwners] = useState<readonly Owner[]>([])
  const [owner, setOwner] = useState<string | null>(null)
  const attempt = useTry()
  const first = useRef<HTMLInputElement>(null)
  const { label, field, hint } = texts[kind]
  const { refusal } = judgePassword(password)
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const trying = attempt.run(async () => {
      if (kind === 'invitation') return await api.access.acceptToken({ token: code, password })
      const answer = await api.access.recover({ recoveryCode: code, userId: owner, password })
      if (answer.next === 'choose-person') setOwners(answer.owners)
      return answer
    })
    void trying.then((ok) => !ok && first.current?.focus())
  }
  return (
    <form className={classes['form']} onSubmit={submit} aria-label={label}>
      <Problem attempt={attempt} />
      <TextInput
        ref={first}
        label={field}
        description={hint}
        autoComplete="off"
        spellCheck={false}
        value={code}
        onChange={(event) => setCode(event.currentTarget.value)}
        autoFocus
      />
      {owners.length > 0 && (
        <Select
          label="Whose password is set"
          data={owners.map(({ id, name }) => ({ value: id, label: name }))}
          value={owner}
          onChange={setOwner}
          allowDeselect={false}
        />
      )}
      <NewPasswordField label="New password" value={password} onChange={setPassword} />
      <Button
        type="submit"
        loading={attempt.busy}
        disabled={code.trim() === '' || refusal !== null || attempt.secondsLeft > 0}
      >
        Set the password and come in
      </Button>
    </form>
  )
}
