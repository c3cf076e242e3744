import { Button } from '@mantine/core'
import type { ReactNode } from 'react'
import { create } from 'zustand'
import { Dialog } from './dialog.tsx'

export type Confirmation = {
  readonly title: string
  /** What will happen, with the number and the amount. */
  readonly body: ReactNode
  /** The button is the verb: `Issue INV-0042`. */
  readonly verb: string
  /** The way back: `Keep as draft`. */
  readonly cancel?: string
  readonly danger?: boolean
}

type Pending = { readonly asked: Confirmation; readonly answer: (yes: boolean) => void }

const usePending = create<{ readonly pending: Pending | null; readonly open: boolean }>(() => ({
  pending: null,
  open: false,
}))

/** Asks before a legal or final act; resolves to true when the verb was chosen. Use an undo toast for the rest. */
export const confirmAct = (asked: Confirmation): Promise<boolean> =>
  new Promise((resolve) => {
    usePending.getState().pending?.answer(false)
    usePending.setState({ pending: { asked, answer: resolve }, open: true })
  })

const settle = (yes: boolean) => {
  const { pending } = usePending.getState()
  // The words stay while the dialog closes.
  usePending.setState({ open: false })
  pending?.answer(yes)
}

/** Answers no to what is asked now: something in its words leads elsewhere. */
export const leaveConfirmation = (): void => settle(false)

/** Where confirmations appear; once, at the top of the app. */
export const ConfirmHost = () => {
  const { pending, open } = usePending()
  const asked = pending?.asked
  return (
    <Dialog
      open={open}
      onClose={() => settle(false)}
      title={asked?.title ?? ''}
      footer={
        <>
          <Button variant="default" onClick={() => settle(false)}>
            {asked?.cancel ?? 'Cancel'}
          </Button>
          <Button color={asked?.danger ? 'red' : 'ink'} onClick={() => settle(true)} data-autofocus>
            {asked?.verb}
          </Button>
        </>
      }
    >
      <div>{asked?.body}</div>
    </Dialog>
  )
}
