import { Button, PasswordInput } from '@mantine/core'
import { useEffect, useState } from 'react'
import { create } from 'zustand'
import { api, setProver } from '../api.ts'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import { useFieldSubmit } from '../ui/field-submit.ts'

type Answer = (proved: boolean) => void

const usePending = create<{ readonly answers: readonly Answer[] }>(() => ({ answers: [] }))

const ask = (): Promise<boolean> =>
  new Promise((resolve) => usePending.setState(({ answers }) => ({ answers: [...answers, resolve] })))

const settle = (proved: boolean) => {
  const { answers } = usePending.getState()
  usePending.setState({ answers: [] })
  for (const answer of answers) answer(proved)
}

/** Asks for the password again where a call needs it, and lets the call go on. Once, at the top of the app. */
export const ReauthenticateHost = () => {
  const isAsked = usePending(({ answers }) => answers.length > 0)
  const [password, setPassword] = useState('')
  useEffect(() => {
    setProver(ask)
    return () => {
      setProver(null)
      settle(false)
    }
  }, [])
  const { problem, busy, submit, clear } = useFieldSubmit(async () => {
    await api.access.reauthenticate({ password })
    close(true)
  })
  const close = (proved: boolean) => {
    setPassword('')
    clear()
    settle(proved)
  }
  return (
    <Dialog open={isAsked} onClose={() => close(false)} title="Is it still you?" size="sm">
      <form onSubmit={(event) => void submit(event)} aria-label="Enter your password again">
        <PasswordInput
          label="Your password"
          description="Asked again for what concerns people, bank details and everything at once."
          autoComplete="current-password"
          value={password}
          error={problem}
          onChange={(event) => setPassword(event.currentTarget.value)}
          data-autofocus
          visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
        />
        <DialogFooter>
          <Button variant="default" onClick={() => close(false)}>
            Cancel
          </Button>
          <Button type="submit" loading={busy} disabled={password === ''}>
            Go on
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
