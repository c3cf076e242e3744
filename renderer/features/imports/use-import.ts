import { useCallback, useEffect, useRef, useState } from 'react'
import { AppError } from '../../../shared/errors.ts'
import { api } from '../../api.ts'
import type { ApiInput } from '../../app/queries.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { bytesOf } from '../../ui/files.ts'
import { showToast } from '../../ui/toast.tsx'
import type { DryRun, Entity, Inspection, Ran } from './import-words.ts'
import { type Seen, useProgress } from './use-progress.ts'

type InspectInput = ApiInput<'dataImports', 'inspect'>
type Plan = ApiInput<'dataImports', 'dryRun'>

/** What a person said about the file instead of what was found. */
export type Choice = Pick<InspectInput, 'sheet' | 'encoding' | 'separator' | 'headerRow' | 'entity' | 'dateOrder'>

/** What a person decided about its rows. */
export type Decisions = {
  readonly columns: readonly (string | null)[] | null
  readonly decimal: Inspection['decimal']['value'] | null
  readonly duplicates: NonNullable<Plan['duplicates']>
  readonly differences: 'round' | 'refuse'
  readonly rates: NonNullable<Plan['rates']>
}

const undecided: Decisions = { columns: null, decimal: null, duplicates: {}, differences: 'round', rates: [] }

type Chosen = { readonly fileName: string; readonly file: Uint8Array }

export type Step = 'file' | 'columns' | 'check' | 'done'

/** Everything that the page knows; each step is reached by the one before. */
export type ImportState = {
  readonly step: Step
  readonly fileName: string
  readonly size: number
  readonly found: Inspection | null
  readonly choice: Choice
  readonly decisions: Decisions
  readonly dryRun: DryRun | null
  readonly ran: Ran | null
  readonly isBusy: boolean
  /** The import itself goes on. */
  readonly isRunning: boolean
  readonly seen: Seen | null
  readonly error: unknown
}

export type ImportActs = {
  readonly open: (file: File) => Promise<void>
  readonly restart: () => void
  readonly goTo: (step: Step) => void
  /** Says something else about the file, which is then looked at again. */
  readonly choose: (choice: Choice) => void
  readonly decide: (decisions: Partial<Decisions>) => void
  readonly run: (leaveOutRefused: boolean) => Promise<void>
  /** Stops the look at every row, or the import, of which nothing stays. */
  readonly stop: () => Promise<void>
}

const planOf = (chosen: Chosen, found: Inspection, entity: Entity, decisions: Decisions): Plan => ({
  ...chosen,
  sheet: found.sheet,
  encoding: found.encoding,
  separator: found.separator,
  headerRow: found.headerRow,
  entity,
  templateId: found.template?.id ?? null,
  columns: [...(decisions.columns ?? found.columns.map((column) => column.field))],
  decimal: decisions.decimal ?? found.decimal.value,
  dateOrder: found.dateOrder.value,
  duplicates: decisions.duplicates,
  differences: decisions.differences,
  rates: decisions.rates,
})

type Answer<T> = { readonly value: T | null; readonly error: unknown; readonly isBusy: boolean }
const nothing = { value: null, error: null, isBusy: false }

/** Asks again whenever `ask` changes; an answer to an older question is not shown. The one before stays meanwhile. */
const useAnswer = <T>(ask: ((signal: AbortSignal) => Promise<T>) | null): Answer<T> => {
  const [answer, setAnswer] = useState<Answer<T>>(nothing)
  useEffect(() => {
    if (ask === null) {
      setAnswer(nothing)
      return
    }
    const stop = new AbortController()
    setAnswer((before) => ({ value: before.value, error: null, isBusy: true }))
    const settle = (next: Answer<T>) => {
      if (!stop.signal.aborted) setAnswer(next)
    }
    ask(stop.signal).then(
      (value) => settle({ value, error: null, isBusy: false }),
      (error: unknown) => settle({ value: null, error, isBusy: false }),
    )
    return () => stop.abort()
  }, [ask])
  return answer
}

/** The import of one file, from choosing it to its undo. */
export const useImport = (entity: Entity | null): readonly [ImportState, ImportActs] => {
  const [chosen, setChosen] = useState<Chosen | null>(null)
  const [choice, setChoice] = useState<Choice>({ entity })
  const [decisions, setDecisions] = useState<Decisions>(undecided)
  const [step, setStep] = useState<Step>('file')
  const [ran, setRan] = useState<Ran | null>(null)
  const [problem, setProblem] = useState<unknown>(null)
  const command = useCommand('dataImports', 'run')
  const isRunning = useRef(false)
  const { seen, follow, stop: stopWork } = useProgress()

  const inspect = useCallback(
    (signal: AbortSignal) =>
      chosen === null
        ? Promise.reject(new Error('No file'))
        : api.dataImports.inspect({ ...chosen, ...choice }, { signal }),
    [chosen, choice],
  )
  const looked = useAnswer(chosen === null ? null : inspect)
  const found = looked.value
  const plan =
    chosen === null || found === null || found.entity === null ? null : planOf(chosen, found, found.entity, decisions)

  const followed = (asked: Plan, signal: AbortSignal) =>
    follow((progressId) => api.dataImports.dryRun({ ...asked, progressId }, { signal }))
  const latest = useRef(plan)
  latest.current = plan
  const key = JSON.stringify([step, choice, decisions], (_, value: unknown) =>
    typeof value === 'bigint' ? String(value) : value,
  )
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` stands for the plan, which holds the bytes of the file
  const check = useCallback(
    (signal: AbortSignal) =>
      latest.current === null ? Promise.reject(new Error('No plan')) : followed(latest.current, signal),
    [key, found],
  )
  const checked = useAnswer(step === 'check' && plan !== null ? check : null)

  const open = async (file: File) => {
    setChoice({ entity })
    setDecisions(undecided)
    setRan(null)
    setProblem(null)
    try {
      setChosen({ fileName: file.name, file: await bytesOf(file) })
      setStep('columns')
    } catch (thrown) {
      setProblem(thrown)
    }
  }
  const restart = () => {
    setChosen(null)
    setStep('file')
    setProblem(null)
  }
  const choose = (next: Choice) => {
    setChoice((old) => ({ ...old, ...next }))
    // Another sheet or encoding has other columns; another order of dates has the same.
    if (!('dateOrder' in next)) setDecisions((old) => ({ ...old, columns: null }))
  }
  const run = async (leaveOutRefused: boolean) => {
    if (plan === null || isRunning.current) return
    isRunning.current = true
    setProblem(null)
    try {
      setRan(await follow((progressId) => command.mutateAsync({ ...plan, leaveOutRefused, progressId })))
      setStep('done')
    } catch (thrown) {
      if (thrown instanceof AppError && thrown.code === 'CANCELLED') showToast({ message: thrown.message })
      else setProblem(thrown)
    } finally {
      isRunning.current = false
    }
  }
  const stop = async () => {
    await stopWork()
    if (!isRunning.current) setStep('columns')
  }
  return [
    {
      step,
      fileName: chosen?.fileName ?? '',
      size: chosen?.file.length ?? 0,
      found,
      choice,
      decisions,
      dryRun: checked.value,
      ran,
      isBusy: looked.isBusy || checked.isBusy || command.isPending,
      isRunning: command.isPending,
      seen,
      error: problem ?? looked.error ?? checked.error,
    },
    {
      open,
      restart,
      goTo: setStep,
      choose,
      decide: (next) => setDecisions((old) => ({ ...old, ...next })),
      run,
      stop,
    },
  ]
}

/** The imports so far, newest first. */
export const useHistory = () => useApiQuery('dataImports', 'list', { limit: 20 })
