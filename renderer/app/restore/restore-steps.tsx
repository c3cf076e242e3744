import { Button, TextInput } from '@mantine/core'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { FoundBackup } from '../../../shared/contract/backups.ts'
import { api } from '../../api.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BackupList } from './backup-list.tsx'
import { PreviewStep } from './preview-step.tsx'
import classes from './restore.module.css'
import { describeRestoreProblem } from './restore-problem.ts'
import { forgetRestore } from './restore-run.ts'

type Found =
  | { readonly kind: 'looking' }
  | { readonly kind: 'found'; readonly rows: readonly FoundBackup[] }
  | { readonly kind: 'problem'; readonly problem: unknown }

const useFound = () => {
  const [found, setFound] = useState<Found>({ kind: 'looking' })
  const look = useCallback(async (path: string | null) => {
    setFound({ kind: 'looking' })
    try {
      const { rows } = await api.recovery.backups({ path })
      setFound({ kind: 'found', rows })
    } catch (problem) {
      setFound({ kind: 'problem', problem })
    }
  }, [])
  useEffect(() => void look(null), [look])
  return { found, look }
}

const OtherFolder = ({ onLook }: { readonly onLook: (path: string | null) => void }) => {
  const [path, setPath] = useState('')
  return (
    <form
      className={classes['other']}
      onSubmit={(event) => {
        event.preventDefault()
        onLook(path.trim() === '' ? null : path.trim())
      }}
    >
      <TextInput
        label="Look in another folder"
        description="The whole path of a folder with backups, or of one backup: on a USB stick, or of another computer."
        value={path}
        onChange={(event) => setPath(event.currentTarget.value)}
        spellCheck={false}
      />
      <Button type="submit" variant="default">
        Look there
      </Button>
    </form>
  )
}

type FindProps = {
  readonly chosen: FoundBackup | null
  /** The list takes the focus when it is there. */
  readonly takesFocus: boolean
  readonly onNext: (backup: FoundBackup) => void
}

const FindStep = ({ chosen: before, takesFocus, onNext }: FindProps) => {
  const { found, look } = useFound()
  const [chosen, setChosen] = useState(before)
  const rows = found.kind === 'found' ? found.rows : []
  const here = rows.find((row) => row.file === chosen?.file) ?? rows.find((row) => row.sound) ?? null
  const list = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (takesFocus && found.kind === 'found') list.current?.querySelector<HTMLInputElement>('input:checked')?.focus()
  }, [takesFocus, found])
  return (
    <>
      {found.kind === 'looking' && <Skeleton lines={4} label="Looking for backups" />}
      {found.kind === 'problem' && (
        <ErrorPanel
          {...describeRestoreProblem(found.problem, 'find')}
          onRetry={() => void look(null)}
          retryLabel="Back to the list"
        />
      )}
      {found.kind === 'found' && rows.length === 0 && (
        <EmptyState sentence="No backup was found on this computer or in the second place. Name the folder of one that you have elsewhere." />
      )}
      {rows.length > 0 && (
        <div ref={list}>
          <BackupList backups={rows} chosen={here} onChoose={setChosen} />
        </div>
      )}
      <OtherFolder onLook={(path) => void look(path)} />
      {rows.length > 0 && (
        <div className={classes['foot']}>
          <Button disabled={here === null} onClick={() => here !== null && onNext(here)}>
            Look into it
          </Button>
        </div>
      )}
    </>
  )
}

/** Finding a backup, looking into it, and going back to it. */
export const RestoreSteps = ({ takesFocus = false }: { readonly takesFocus?: boolean }) => {
  const [backup, setBackup] = useState<FoundBackup | null>(null)
  const [looks, setLooks] = useState(false)
  const told = useRef<HTMLParagraphElement>(null)
  useEffect(() => {
    // The button that led here is gone: the next Tab goes on from what the step says.
    if (looks) told.current?.focus()
  }, [looks])
  return (
    <div className={classes['steps']}>
      <p ref={told} tabIndex={-1} className={`${classes['quiet']} ${classes['told']}`} role="status">
        {looks
          ? 'Step 2 of 2: what it holds, and what would be gone.'
          : 'Step 1 of 2: choose a backup. Nothing changes yet.'}
      </p>
      {looks && backup !== null ? (
        <PreviewStep
          backup={backup}
          onBack={() => {
            forgetRestore()
            setLooks(false)
          }}
        />
      ) : (
        <FindStep
          chosen={backup}
          takesFocus={takesFocus || backup !== null}
          onNext={(next) => {
            setBackup(next)
            setLooks(true)
          }}
        />
      )}
    </div>
  )
}
