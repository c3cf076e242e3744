import { type ReactNode, useState } from 'react'
import { AppError } from '../../shared/errors.ts'
import { ConflictDialog } from './conflict-dialog.tsx'
import { type ComparedField, type Difference, differencesOf, type Side } from './differences.ts'

type Plan<V extends Readonly<Record<string, unknown>>> = {
  /** What is edited, for the title of the comparison. */
  readonly what: string
  readonly fields: readonly ComparedField[]
  /** The state that editing began with. */
  readonly before: Readonly<Record<string, unknown>>
  readonly latest: () => Promise<V & { readonly version: number }>
  readonly save: (values: V, version: number) => Promise<unknown>
  readonly onSaved: () => void
}

type Conflict<V> = {
  readonly yours: V
  readonly theirs: V & { readonly version: number }
  readonly differences: readonly Difference[]
}

/** Saves what was edited; when somebody else saved first, shows both states and saves what is chosen of them. */
export const useGuardedSave = <V extends Readonly<Record<string, unknown>>>(
  plan: Plan<V>,
): { readonly save: (values: V, version: number) => Promise<void>; readonly dialog: ReactNode } => {
  const [conflict, setConflict] = useState<Conflict<V> | null>(null)

  const save = async (values: V, version: number): Promise<void> => {
    try {
      await plan.save(values, version)
    } catch (thrown) {
      if (!(thrown instanceof AppError) || thrown.code !== 'CONFLICT') throw thrown
      const theirs = await plan.latest()
      const differences = differencesOf(plan.fields, { before: plan.before, yours: values, theirs })
      if (differences.length > 0) return setConflict({ yours: values, theirs, differences })
      // Both sides agree in all that is edited here, so there is nothing to choose.
      await plan.save(values, theirs.version)
    }
    setConflict(null)
    plan.onSaved()
  }

  const decide = async ({ yours, theirs }: Conflict<V>, chosen: Readonly<Record<string, Side>>) => {
    const taken = Object.entries(chosen).flatMap(([path, side]) => (side === 'theirs' ? [[path, theirs[path]]] : []))
    // The same fields with the same types, only from the other side.
    await save({ ...yours, ...(Object.fromEntries(taken) as Partial<V>) }, theirs.version)
  }

  const dialog =
    conflict === null ? null : (
      <ConflictDialog
        key={conflict.theirs.version}
        what={plan.what}
        differences={conflict.differences}
        onDecide={(chosen) => void decide(conflict, chosen)}
        onClose={() => setConflict(null)}
      />
    )
  return { save, dialog }
}
