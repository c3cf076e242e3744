import { ActionIcon, Checkbox } from '@mantine/core'
import {
  type Icon,
  IconAlertTriangle,
  IconCalendarEvent,
  IconMoodSmile,
  IconNote,
  IconTrash,
} from '@tabler/icons-react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useMayCall } from '../../app/me.ts'
import { useToday } from '../../app/organization.ts'
import { useFormats } from '../../ui/locale.tsx'
import { StatusChip, type Tone } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { SavedClient } from './client-values.ts'
import classes from './note-list.module.css'

export type Note = SavedClient['notes'][number]

export const noteLooks: Readonly<
  Record<Note['kind'], { readonly label: string; readonly tone: Tone; readonly icon: Icon }>
> = {
  general: { label: 'General', tone: 'neutral', icon: IconNote },
  'follow-up': { label: 'Follow-up', tone: 'accent', icon: IconCalendarEvent },
  issue: { label: 'Issue', tone: 'negative', icon: IconAlertTriangle },
  compliment: { label: 'Compliment', tone: 'positive', icon: IconMoodSmile },
}

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const setDone = async (note: Note, done: boolean) => {
  try {
    const saved = await api.clientNotes.setDone({ id: note.id, version: note.version, done })
    showToast({
      message: done ? 'Follow-up done.' : 'Follow-up open again.',
      undo: () => api.clientNotes.setDone({ ...saved, done: !done }),
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const remove = async (note: Note, clientId: string) => {
  try {
    await api.clientNotes.delete({ id: note.id, version: note.version })
    showToast({
      message: 'Note removed.',
      undo: async () => {
        const { kind, content, followUpOn, doneAt } = note
        const made = await api.clientNotes.create({ clientId, kind, content, followUpOn })
        if (doneAt !== null) await api.clientNotes.setDone({ ...made, done: true })
      },
    })
  } catch (thrown) {
    tell(thrown)
  }
}

const DueDate = ({ note }: { readonly note: Note }) => {
  const formats = useFormats()
  const today = useToday()
  if (note.followUpOn === null) return null
  const late = note.doneAt === null && note.followUpOn <= today
  return (
    <span data-late={late || undefined} className={classes['due']}>
      {late ? 'Due ' : 'On '}
      {formats.date(note.followUpOn)}
    </span>
  )
}

type Props = { readonly notes: readonly Note[]; readonly clientId: string; readonly empty: string }

/** Notes on a client, newest first; follow-ups can be ticked off. */
export const NoteList = ({ notes, clientId, empty }: Props) => {
  const formats = useFormats()
  const maySetDone = useMayCall()('clientNotes.setDone')
  if (notes.length === 0) return <p className={classes['empty']}>{empty}</p>
  return (
    <ul className={classes['notes']}>
      {notes.map((note) => {
        const { label, tone, icon } = noteLooks[note.kind]
        return (
          <li key={note.id} data-done={note.doneAt !== null || undefined}>
            <div className={classes['head']}>
              {note.kind === 'follow-up' && (
                <Checkbox
                  aria-label={`Done: ${note.content.slice(0, 60)}`}
                  checked={note.doneAt !== null}
                  disabled={!maySetDone}
                  onChange={(event) => void setDone(note, event.currentTarget.checked)}
                />
              )}
              <StatusChip tone={tone} icon={icon}>
                {label}
              </StatusChip>
              <DueDate note={note} />
              <time dateTime={note.createdAt} className={classes['made']}>
                {formats.instant(note.createdAt)}
              </time>
              <MayCall call="clientNotes.delete">
                <ActionIcon
                  aria-label={`Remove note: ${note.content.slice(0, 40)}`}
                  onClick={() => void remove(note, clientId)}
                >
                  <IconTrash size={15} />
                </ActionIcon>
              </MayCall>
            </div>
            <p className={classes['content']}>{note.content}</p>
          </li>
        )
      })}
    </ul>
  )
}
