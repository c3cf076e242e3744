import { create } from 'zustand'
import type { Entry, FoundBackup, Replayed } from '../../../shared/contract/backups.ts'
import { api } from '../../api.ts'
import { showToast } from '../../ui/toast.tsx'
import { enteredWords } from './entry-words.ts'

/** What a restore came to, kept while the data closes and opens again around it. */
export type RestoreOutcome =
  | {
      readonly kind: 'done'
      readonly createdAt: string
      /** The business that was brought back alone; null for everything. */
      readonly business: string | null
      readonly aside: string
      readonly missing: number
      /** What was done again from the log of damaged data; null where that was not looked at. */
      readonly replayed: Replayed | null
      /** What became of who may come in; null for one business. */
      readonly entry: Entry | null
      readonly milliseconds: number
    }
  | { readonly kind: 'failed'; readonly problem: unknown }

type Run = { readonly busy: boolean; readonly outcome: RestoreOutcome | null }

/** The restore under way, or what the last one came to. */
export const useRestoreRun = create<Run>(() => ({ busy: false, outcome: null }))

/** Takes away what was said about the last restore. */
export const forgetRestore = (): void => useRestoreRun.setState({ outcome: null })

/** Goes back to a backup, or brings one business of it back; every screen is closed meanwhile, so the outcome is left in `useRestoreRun`. */
export const runRestore = async (
  backup: FoundBackup,
  secret: string | null,
  business: { readonly id: string; readonly name: string } | null = null,
  numbers: readonly { readonly seriesId: string; readonly last: string }[] = [],
): Promise<boolean> => {
  useRestoreRun.setState({ busy: true, outcome: null })
  try {
    const { aside, missing, milliseconds, replayed, entry } = await api.recovery.restore({
      file: backup.file,
      secret,
      organizationId: business?.id ?? null,
      numbers: [...numbers],
    })
    const { createdAt } = backup
    const named = business?.name ?? null
    const outcome: RestoreOutcome = {
      kind: 'done',
      createdAt,
      business: named,
      aside,
      missing,
      replayed,
      entry,
      milliseconds,
    }
    useRestoreRun.setState({ busy: false, outcome })
    // Said above everything too: the screen that asked for it may not be the one that comes after it.
    const what = named === null ? 'The backup is in place' : `${named} is back`
    const more = replayed?.stop
      ? ' Not all that was done since is in it: Settings, Backups says what is left to do.'
      : ''
    const known = entry === null ? [] : enteredWords(entry)
    showToast({
      message: [`${what}. What was here before is kept in ${aside}.${more}`, ...known].join(' '),
      tone: replayed?.stop || known.length > 0 ? 'problem' : 'done',
    })
    return true
  } catch (problem) {
    useRestoreRun.setState({ busy: false, outcome: { kind: 'failed', problem } })
    return false
  }
}
