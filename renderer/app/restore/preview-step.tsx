import { Button, Checkbox, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { BackupPreview, FoundBackup } from '../../../shared/contract/backups.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { describeError } from '../errors.ts'
import { HeldTable } from './held-table.tsx'
import classes from './restore.module.css'
import { runRestore, useRestoreRun } from './restore-run.ts'
import { useBackupPreview } from './use-backup-preview.ts'
import { losesSomething, WhatIsLost } from './what-is-lost.tsx'

type SecretProps = { readonly problem: string; readonly onSecret: (secret: string) => void }

const SecretStep = ({ problem, onSecret }: SecretProps) => {
  const [secret, setSecret] = useState('')
  return (
    <form
      className={classes['secret']}
      onSubmit={(event) => {
        event.preventDefault()
        if (secret.trim() !== '') onSecret(secret)
      }}
    >
      <PasswordInput
        label="Recovery code or password"
        description="Of the time of the backup."
        autoComplete="off"
        value={secret}
        onChange={(event) => setSecret(event.currentTarget.value)}
        error={problem}
        data-autofocus
      />
      <Button type="submit" variant="default">
        Open the backup
      </Button>
    </form>
  )
}

type AgreeProps = {
  readonly preview: BackupPreview
  readonly secret: string | null
  readonly onBack: () => void
}

const Agree = ({ preview, secret, onBack }: AgreeProps) => {
  const formats = useFormats()
  const [agreed, setAgreed] = useState(false)
  const { busy, outcome } = useRestoreRun()
  const asks = losesSomething(preview)
  const when = formats.instant(preview.backup.createdAt)
  return (
    <>
      <h3>What the backup holds</h3>
      <HeldTable holds={preview.holds} label="What the backup holds" />
      {preview.present !== null && (
        <>
          <h3>What is here now</h3>
          <HeldTable holds={preview.present} label="What is here now" />
        </>
      )}
      <WhatIsLost preview={preview} />
      <p className={classes['quiet']}>
        The present data is not deleted: it is put aside in the data folder, and can be brought back.
      </p>
      {asks && (
        <Checkbox
          checked={agreed}
          onChange={(event) => setAgreed(event.currentTarget.checked)}
          label="I have read what would be gone"
        />
      )}
      {outcome?.kind === 'failed' && <ErrorPanel {...describeError(outcome.problem)} />}
      <div className={classes['foot']}>
        <Button variant="default" onClick={onBack} disabled={busy}>
          Choose another
        </Button>
        <Button
          color="red"
          loading={busy}
          disabled={asks && !agreed}
          onClick={() => void runRestore(preview.backup, secret)}
        >
          Go back to {when}
        </Button>
      </div>
    </>
  )
}

/** The second step: what the backup holds, what would be gone, and the word to go back. */
export const PreviewStep = ({ backup, onBack }: { readonly backup: FoundBackup; readonly onBack: () => void }) => {
  const { state, secret, open } = useBackupPreview(backup.file)
  if (state.kind === 'loading') return <Skeleton lines={6} label="Looking into the backup" />
  if (state.kind === 'locked') {
    return (
      <>
        <SecretStep problem={state.message} onSecret={open} />
        <div className={classes['foot']}>
          <Button variant="default" onClick={onBack}>
            Choose another
          </Button>
        </div>
      </>
    )
  }
  if (state.kind === 'problem') {
    return <ErrorPanel {...describeError(state.problem)} onRetry={onBack} retryLabel="Choose another backup" />
  }
  return <Agree preview={{ ...state.preview, backup }} secret={secret} onBack={onBack} />
}
