import { Button, Checkbox } from '@mantine/core'
import { IconLockOpen, IconUserExclamation } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import type { BackupPreview } from '../../../shared/contract/backups.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { toAppError } from '../errors.ts'
import { previewOf, scopesOf } from './business-scope.ts'
import { enteringWords, ofThenWords, openedWords } from './entry-words.ts'
import { HeldTable } from './held-table.tsx'
import { losesSomething, openSeriesOf } from './loss.ts'
import { PaperNumbers } from './paper-numbers.tsx'
import classes from './restore.module.css'
import { describeRestoreProblem } from './restore-problem.ts'
import { runRestore, useRestoreRun } from './restore-run.ts'
import { ScopeChoice } from './scope-choice.tsx'
import { WhatIsLost } from './what-is-lost.tsx'

type Props = {
  readonly preview: BackupPreview
  readonly secret: string | null
  readonly onBack: () => void
}

const Both = ({ preview }: { readonly preview: BackupPreview }) => (
  <>
    <h3>What the backup holds</h3>
    <HeldTable holds={preview.holds} label="What the backup holds" />
    {preview.present !== null && preview.present.organizations.length > 0 && (
      <>
        <h3>What is here now</h3>
        <HeldTable holds={preview.present} label="What is here now" />
      </>
    )}
  </>
)

/** What going back opens to others, which nobody may miss. */
const Opened = ({ words }: { readonly words: readonly string[] }) => (
  <div className={classes['lost']} data-tone="negative">
    <IconLockOpen size={18} aria-hidden="true" />
    <div>
      {words.map((said) => (
        <p key={said}>{said}</p>
      ))}
    </div>
  </div>
)

const agreeWords = (loses: boolean, opens: boolean) => {
  const what = [loses ? 'what would be gone' : '', opens ? 'who could read it' : ''].filter(Boolean)
  return `I have read ${what.join(', and ')}`
}

/** Says why it was not restored; takes the focus, which the button has lost while it was busy. */
const Refusal = ({ problem }: { readonly problem: unknown }) => {
  const said = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: whenever another one is said
  useEffect(() => {
    said.current?.focus()
  }, [problem])
  return (
    <div ref={said} tabIndex={-1} className={classes['refusal']}>
      <ErrorPanel {...describeRestoreProblem(problem, 'restore')} />
    </div>
  )
}

/** What the backup holds beside what is here, what would be gone, and the word to go back: all of it or one business. */
export const AgreeStep = ({ preview: whole, secret, onBack }: Props) => {
  const formats = useFormats()
  const businesses = scopesOf(whole)
  const [scope, setScope] = useState<string | null>(whole.everything ? null : (businesses[0]?.id ?? null))
  const [agreed, setAgreed] = useState(false)
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({})
  const { busy, outcome } = useRestoreRun()
  const preview = previewOf(whole, scope)
  const loses = losesSomething(preview)
  // One business comes into the data as that is now.
  const opened = scope === null ? openedWords(preview.entry) : []
  const asks = loses || opened.length > 0
  const series = scope === null ? openSeriesOf(preview) : []
  const numbers = series.flatMap(({ id }) => (typed[id]?.trim() ? [{ seriesId: id, last: typed[id] }] : []))
  const fields = outcome?.kind === 'failed' ? toAppError(outcome.problem).fields : undefined
  const problems = Object.fromEntries(
    numbers.flatMap(({ seriesId }, index) => {
      const problem = fields?.[`numbers.${index}`]
      return problem === undefined ? [] : [[seriesId, problem]]
    }),
  )
  const when = formats.instant(preview.backup.createdAt)
  const name = scope === null ? null : (preview.holds.organizations[0]?.name ?? '')
  return (
    <>
      {businesses.length > 0 && (
        <ScopeChoice
          businesses={businesses}
          chosen={scope}
          everything={whole.everything}
          onChoose={(next) => {
            setScope(next)
            setAgreed(false)
          }}
        />
      )}
      {/* First: what nobody may miss. */}
      <WhatIsLost preview={preview} isOne={scope !== null} />
      {opened.length > 0 && <Opened words={opened} />}
      {scope === null && preview.entry.ofThen && (
        <div className={classes['lost']} data-tone="caution">
          <IconUserExclamation size={18} aria-hidden="true" />
          <p>{ofThenWords}</p>
        </div>
      )}
      {series.length > 0 && (
        <PaperNumbers
          series={series}
          typed={typed}
          problems={problems}
          onType={(id, last) => setTyped({ ...typed, [id]: last })}
        />
      )}
      <Both preview={preview} />
      <p className={classes['quiet']}>
        The present data is not deleted: it is put aside in the data folder, and can be brought back.
        {scope === null
          ? ` ${enteringWords(preview)}`
          : ' Mail that was waiting at the time of the backup is not sent.'}
      </p>
      <div className={classes['foot']}>
        {outcome?.kind === 'failed' && <Refusal problem={outcome.problem} />}
        {asks && (
          <Checkbox
            className={classes['agree']}
            checked={agreed}
            onChange={(event) => setAgreed(event.currentTarget.checked)}
            label={agreeWords(loses, opened.length > 0)}
          />
        )}
        <Button variant="default" onClick={onBack} disabled={busy}>
          Choose another
        </Button>
        <Button
          color="red"
          loading={busy}
          disabled={asks && !agreed}
          onClick={() =>
            void runRestore(preview.backup, secret, scope === null ? null : { id: scope, name: name ?? '' }, numbers)
          }
        >
          {name === null ? `Go back to ${when}` : `Bring ${name} back to ${when}`}
        </Button>
      </div>
    </>
  )
}
