import { Button } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useBlocker } from '@tanstack/react-router'
import { useActions } from '../../app/actions.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { KeyHint } from '../../ui/kbd.tsx'
import classes from './settings.module.css'

type Props = {
  readonly dirty: boolean
  readonly saving: boolean
  readonly onDiscard: () => void
}

/** The foot of a section: says whether anything waits to be saved, and saves it; asks before it would be lost. */
export const SaveBar = ({ dirty, saving, onDiscard }: Props) => {
  useActions([
    {
      id: 'settings.save',
      title: 'Save these settings',
      group: 'This page',
      shortcut: 'mod+s',
      calls: 'nothing',
      run: () => {
        // A section may hold several forms, each with a bar of its own: all that wait are saved.
        for (const form of document.querySelectorAll<HTMLFormElement>('form:has([data-save-bar][data-dirty])')) {
          form.requestSubmit()
        }
      },
    },
  ])
  useBlocker({
    shouldBlockFn: async () => {
      if (!dirty) return false
      const leave = await confirmAct({
        title: 'Leave without saving?',
        body: 'What you changed in this section is not saved yet.',
        verb: 'Leave without saving',
        cancel: 'Stay here',
        danger: true,
      })
      return !leave
    },
    enableBeforeUnload: () => dirty,
  })
  return (
    <div className={classes['save-bar']} data-save-bar data-dirty={dirty || undefined}>
      <span role="status">
        {dirty ? (
          'Changes are not saved yet'
        ) : (
          <>
            <IconCheck size={15} aria-hidden="true" /> All saved
          </>
        )}
      </span>
      <KeyHint keys="mod+s" />
      <Button variant="default" disabled={!dirty || saving} onClick={onDiscard}>
        Discard
      </Button>
      <Button type="submit" disabled={!dirty} loading={saving}>
        Save
      </Button>
    </div>
  )
}
