import { Button } from '@mantine/core'
import { useActions } from '../actions.ts'
import classes from './selection.module.css'

export type SelectionAction = {
  readonly id: string
  /** On the button: `Issue 3`. */
  readonly label: string
  /** In the palette: `Issue the 3 selected drafts`. */
  readonly title: string
  readonly isDangerous?: boolean
  readonly run: () => unknown
}

/** What can be done with the selected rows: buttons in the foot of the list, and actions of the palette. */
export const SelectionButtons = ({ actions }: { readonly actions: readonly SelectionAction[] }) => {
  useActions(
    actions.map(({ id, title, run }) => ({ id, title, group: 'This page', keywords: 'selected bulk several', run })),
  )
  return (
    <span className={classes['buttons']}>
      {actions.map(({ id, label, isDangerous, run }) => (
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
