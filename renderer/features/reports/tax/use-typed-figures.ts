import { useEffect, useMemo, useRef, useState } from 'react'
import type { Contract, Output } from '../../../../shared/contract/index.ts'
import type { Amount } from '../../../../shared/money/scaled.ts'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import { showToast } from '../../../ui/toast.tsx'

type Stored = Output<Contract['taxReports']['figures']>['typed']
type Place = { readonly from: string; readonly to: string; readonly taxReturn: string }
type Written = ReadonlyMap<string, Amount | null>

// As long as a person may stop between two digits.
const pause = 700
const nothing: Written = new Map()

type Waiting = { readonly timer: ReturnType<typeof setTimeout>; readonly run: () => void }

const keyOf = ({ from, to, taxReturn }: Place) => `${from} ${to} ${taxReturn}`

/** What is kept of each cell: its version, for the next write, and its amount, for the way back. */
type Known = { readonly version: number | null; readonly amountE4: Amount | null }

type Book = Map<string, Known>

// A reading that began before the last write does not know of it.
const learn = (book: Book, place: string, stored: Stored) => {
  for (const { cell, version, amountE4 } of stored) {
    const at = `${place} ${cell}`
    if ((book.get(at)?.version ?? 0) <= version) book.set(at, { version, amountE4 })
  }
}

/** Keeps one figure after another, so that each write names the version that the one before it left. */
const useKeeper = (
  known: { readonly current: Book },
  show: (place: Place, cell: string, value: Amount | null) => void,
) => {
  const queue = useRef<Promise<void>>(Promise.resolve())
  const keep = (place: Place, cell: string, amountE4: Amount | null, isUndo = false) => {
    queue.current = queue.current.then(async () => {
      const at = `${keyOf(place)} ${cell}`
      const before = known.current.get(at) ?? { version: null, amountE4: null }
      if (before.amountE4 === amountE4) return
      try {
        const { from, to, taxReturn } = place
        const made = await api.taxReports.setFigure({ from, to, taxReturn, cell, amountE4, version: before.version })
        known.current.set(at, { version: made.id === null ? null : made.version, amountE4 })
        if (isUndo || before.amountE4 === null) return
        const undo = () => {
          show(place, cell, before.amountE4)
          return keep(place, cell, before.amountE4, true)
        }
        showToast({ message: amountE4 === null ? 'The figure is taken away.' : 'The figure is changed.', undo })
      } catch (thrown) {
        showToast({ message: `This figure is not kept: ${describeError(thrown).message}`, tone: 'problem' })
      }
    })
    return queue.current
  }
  return keep
}

/** The figures typed into a return of a period, kept a moment after the last key, and how to type one. */
export const useTypedFigures = (place: Place, stored: Stored | undefined) => {
  const { taxReturn } = place
  const key = keyOf(place)
  const [written, setWritten] = useState<{ readonly key: string; readonly cells: Written }>({ key, cells: nothing })
  const known = useRef<Book>(new Map())
  const show = (at: Place, cell: string, value: Amount | null) =>
    setWritten((old) => ({
      key: keyOf(at),
      cells: new Map(old.key === keyOf(at) ? old.cells : nothing).set(cell, value),
    }))
  const keep = useKeeper(known, show)
  const waiting = useRef(new Map<string, Waiting>())
  const cells = written.key === key ? written.cells : nothing
  useEffect(() => {
    const own = (stored ?? []).filter((it) => it.taxReturn === taxReturn)
    learn(known.current, key, own)
  }, [stored, taxReturn, key])
  // Whoever leaves the period before the pause is over has typed it all the same.
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key stands for the place
  useEffect(() => {
    const { current } = waiting
    return () => {
      for (const { run } of [...current.values()]) run()
    }
  }, [key])
  const typed = useMemo(() => {
    const shown = new Map((stored ?? []).filter((it) => it.taxReturn === taxReturn).map((it) => [it.cell, it.amountE4]))
    for (const [cell, value] of cells) {
      if (value === null) shown.delete(cell)
      else shown.set(cell, value)
    }
    return Object.fromEntries(shown)
  }, [stored, taxReturn, cells])
  const type = (cell: string, value: Amount | null) => {
    show(place, cell, value)
    const run = () => {
      clearTimeout(timer)
      waiting.current.delete(cell)
      void keep(place, cell, value)
    }
    const timer = setTimeout(run, pause)
    clearTimeout(waiting.current.get(cell)?.timer)
    waiting.current.set(cell, { timer, run })
  }
  return { typed, type }
}
