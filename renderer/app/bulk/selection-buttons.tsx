import { Button } from '@mantine/core'
import { useActions } from '../actions.ts'
import type { Calls } from '../calls.ts'
import { useMayCall } from '../me.ts'
import classes from './selection.module.css'

export type SelectionAction = {
  readonly id: string
  /** On the button: `Issue 3`. */
  readonly label: string
  /** In the palette: `Issue the 3 selected drafts`. */
  readonly title: string
  readonly isDangerous?: boolean
  readonly calls: Calls
  readonly run: () => unknown
}

/** What can be done with the selected rows: buttons in the foot of the list, and actions of the palette. */
export const SelectionButtons = ({ actions }: { readonly actions: readonly SelectionAction[] }) => {
  const mayCall = useMayCall()
  useActions(
    actions.map(({ id, title, calls, run }) => ({
      id,
      title,
      group: 'This page',
      keywords: 'selected bulk several',
      calls,
      run,
    })),
  )
  return (
    <span className={classes['buttons']}>
      {actions
        .filter(({ calls }) => mayCall(calls))
        .map(({ id, label, isDangerous, run }) => (
          <Button
            key={id}
            variant="default"
            size="compact-sm"
            {...(isDangerous ? { color: 'red' } : {})}
            onClick={() => void run()}
          >
            {label}
          </Button>
        ))}
    </span>
  )
}
