import { useCallback, useEffect, useState } from 'react'
import type { BackupPreview } from '../../../shared/contract/backups.ts'
import { api } from '../../api.ts'
import { toAppError } from '../errors.ts'

export type PreviewState =
  | { readonly kind: 'loading' }
  | { readonly kind: 'locked'; readonly message: string }
  | { readonly kind: 'problem'; readonly problem: unknown }
  | { readonly kind: 'seen'; readonly preview: BackupPreview }

/** Looks into a backup; one of another key asks for a secret of its time first. */
export const useBackupPreview = (file: string) => {
  const [state, setState] = useState<PreviewState>({ kind: 'loading' })
  const [secret, setSecret] = useState<string | null>(null)
  const look = useCallback(
    async (said: string | null) => {
      setState({ kind: 'loading' })
      try {
        setState({ kind: 'seen', preview: await api.recovery.preview({ file, secret: said }) })
        setSecret(said)
      } catch (thrown) {
        const error = toAppError(thrown)
        const isAsked = error.code === 'LOCKED' && error.fields?.['secret'] !== undefined
        setState(isAsked ? { kind: 'locked', message: error.message } : { kind: 'problem', problem: error })
      }
    },
    [file],
  )
  useEffect(() => void look(null), [look])
  return { state, secret, open: (said: string) => void look(said) }
}
