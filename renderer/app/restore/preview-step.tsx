import { Button, PasswordInput } from '@mantine/core'
import { useState } from 'react'
import type { FoundBackup } from '../../../shared/contract/backups.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AgreeStep } from './agree-step.tsx'
import classes from './restore.module.css'
import { describeRestoreProblem } from './restore-problem.ts'
import { useBackupPreview } from './use-backup-preview.ts'

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
        autoFocus
        visibilityToggleButtonProps={{ 'aria-label': 'Show what is typed' }}
      />
      <Button type="submit" variant="default">
        Open the backup
      </Button>
    </form>
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
    return (
      <ErrorPanel
        {...describeRestoreProblem(state.problem, 'look')}
        onRetry={onBack}
        retryLabel="Choose another backup"
      />
    )
  }
  if (!state.preview.everything && state.preview.holds.organizations.length === 0) {
    return (
      <ErrorPanel
        title="This backup holds no business of yours"
        advice="What it holds of others is theirs to bring back, or for an owner of this workstation."
        onRetry={onBack}
        retryLabel="Choose another backup"
      />
    )
  }
  return <AgreeStep preview={{ ...state.preview, backup }} secret={secret} onBack={onBack} />
}
