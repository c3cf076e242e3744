import { Button } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCloudOff, IconPencil } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { describeError } from '../../app/errors.ts'
import { useToday } from '../../app/organization.ts'
import { useFormats } from '../../ui/locale.tsx'
import classes from '../desk/desk.module.css'
import type { SaveState } from './autosave.ts'

type Props = { readonly state: SaveState; readonly onCompare: () => void }

/** Where the draft stands with its saving, in words. */
export const SaveMark = ({ state, onCompare }: Props) => {
  const formats = useFormats()
  const today = useToday()
  const savedText = (at: string | null) => {
    if (at === null) return 'Saved'
    return `Saved ${at.startsWith(today) ? formats.time(at) : formats.instant(at)}`
  }
  const words = (): ReactNode => {
    switch (state.kind) {
      case 'new':
        return 'Saves itself as you write'
      case 'saved':
        return (
          <>
            <IconCheck size={14} aria-hidden="true" /> {savedText(state.at)}
          </>
        )
      case 'retrying':
        return (
          <>
            <IconCloudOff size={14} aria-hidden="true" /> Not saved yet, retrying. Kept in this window meanwhile.
          </>
        )
      case 'conflict':
        return (
          <>
            <IconAlertTriangle size={14} aria-hidden="true" /> Changed elsewhere too
            <Button variant="light" size="compact-xs" onClick={onCompare}>
              Compare
            </Button>
          </>
        )
      case 'refused':
        return (
          <>
            <IconAlertTriangle size={14} aria-hidden="true" /> Not saved: {describeError(state.error).message}
          </>
        )
      default:
        return (
          <>
            <IconPencil size={14} aria-hidden="true" /> Saving…
          </>
        )
    }
  }
  const isProblem = state.kind === 'retrying' || state.kind === 'conflict' || state.kind === 'refused'
  return (
    <span
      role={isProblem ? 'alert' : undefined}
      data-saving={state.kind}
      className={classes['saved']}
      data-problem={isProblem || undefined}
    >
      {words()}
    </span>
  )
}
