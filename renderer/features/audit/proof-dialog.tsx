import { Button, TextInput } from '@mantine/core'
import { IconAlertTriangle, IconCircleCheck } from '@tabler/icons-react'
import { useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import type { ApiOutput } from '../../app/queries.ts'
import { Dialog } from '../../ui/dialog.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { downloadFile } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './audit.module.css'
import proof from './proof.module.css'
import { Roots } from './roots.tsx'
import { isOnlyTakenOver, TakenOver } from './taken-over.tsx'

type Result = ApiOutput<'audit', 'verify'>

const counted = (count: number, one: string, many: string, locale: string) =>
  `${count.toLocaleString(locale)} ${count === 1 ? one : many}`

const firstWrong = (first: Result['first']): string => {
  if (first?.event !== undefined) return `Security event ${first.event} is the first that is wrong.`
  return first?.seq == null ? 'Something does not agree.' : `Entry ${first.seq} is the first that is wrong.`
}

// What is not in the record, in the words of docs/checking-the-record.md.
const Outside = () => (
  <p className={classes['quiet']}>
    Of the timelines it is checked that no line is missing and that each belongs to its command. What else a line says
    is not signed: “All changes” shows what is.
  </p>
)

type OutcomeProps = { readonly result: Result; readonly onAgain: () => void }

const Outcome = ({ result, onAgain }: OutcomeProps) => {
  const { locale } = useFormats()
  if (isOnlyTakenOver(result)) return <TakenOver takeovers={result.takeovers} onConfirmed={onAgain} />
  if (result.ok) {
    const leading = result.notes.slice(0, result.takeovers.length)
    return (
      <div className={classes['sound']}>
        {leading.map((note) => (
          <div key={note} className={proof['lead']}>
            <IconAlertTriangle size={17} aria-hidden="true" /> {note}
          </div>
        ))}
        <p>
          <IconCircleCheck size={17} aria-hidden="true" /> The record is whole:{' '}
          {counted(result.entries, 'entry', 'entries', locale)}, {counted(result.changes, 'change', 'changes', locale)},{' '}
          {counted(result.documents, 'issued document', 'issued documents', locale)},{' '}
          {counted(result.rows, 'row', 'rows', locale)}, {counted(result.sums, 'sum', 'sums', locale)} and{' '}
          {counted(result.events, 'security event', 'security events', locale)} agree.
        </p>
        <Outside />
        {result.notes.slice(leading.length).map((note) => (
          <p key={note} className={classes['quiet']}>
            {note}
          </p>
        ))}
      </div>
    )
  }
  return (
    <div className={classes['broken']}>
      <p>
        <IconAlertTriangle size={17} aria-hidden="true" /> {firstWrong(result.first)}
      </p>
      <ul>
        {result.problems.slice(0, 10).map((problem) => (
          <li key={`${problem.kind} ${problem.seq} ${problem.text}`}>{problem.text}</li>
        ))}
      </ul>
      <p className={classes['quiet']}>
        Nothing was repaired. Keep a copy of the data folder as it is, and compare with a backup.
      </p>
    </div>
  )
}

const Check = () => {
  const [head, setHead] = useState('')
  const [state, setState] = useState<{ busy: boolean; result?: Result; problem?: unknown }>({ busy: false })
  const check = async () => {
    setState({ busy: true })
    try {
      const known = head.replace(/\s/g, '')
      setState({ busy: false, result: await api.audit.verify({ head: known === '' ? null : known }) })
    } catch (thrown) {
      setState({ busy: false, problem: thrown })
    }
  }
  return (
    <div className={classes['check']}>
      <TextInput
        label="A head that you printed or mailed"
        description="If you have one: only against it a cut-off end shows, where somebody had the whole data folder."
        value={head}
        onChange={(event) => setHead(event.currentTarget.value)}
      />
      <div>
        <Button loading={state.busy} onClick={() => void check()} data-autofocus>
          Check now
        </Button>
      </div>
      <div aria-live="polite">
        {state.result !== undefined && <Outcome result={state.result} onAgain={() => void check()} />}
        {state.problem !== undefined && <ErrorPanel {...describeError(state.problem)} />}
      </div>
    </div>
  )
}

type Props = { readonly open: boolean; readonly onClose: () => void }

/** Proves that the record is whole, and gives what proves it to others: roots and the file. */
export const ProofDialog = ({ open, onClose }: Props) => {
  const [saving, setSaving] = useState(false)
  const save = async () => {
    setSaving(true)
    try {
      const { content, fileName } = await api.audit.exportRecord({})
      downloadFile(content, fileName, 'application/jsonl')
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
    setSaving(false)
  }
  return (
    <Dialog
      open={open}
      onClose={onClose}
      title="Check the record"
      size="lg"
      footer={
        <MayCall call="audit.exportRecord">
          <Button variant="default" loading={saving} onClick={() => void save()}>
            Save the record as a file
          </Button>
        </MayCall>
      }
    >
      <Check />
      <Roots />
    </Dialog>
  )
}
