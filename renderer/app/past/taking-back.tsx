import { Button, Progress } from '@mantine/core'
import { useEffect, useState } from 'react'
import type { PastNews } from '../../../shared/contract/point-in-time.ts'
import { DialogFooter } from '../../ui/dialog.tsx'
import { useFormats } from '../../ui/locale.tsx'
import classes from './past.module.css'
import { stopAsking } from './past-state.ts'
import { goToMoment } from './past-view.ts'

type Step = Extract<PastNews, { kind: 'step' }>
type Problem = { readonly message: string; readonly earliest: string | null }

const words: Readonly<Record<Step['step'], string>> = {
  copy: 'Copying the books',
  remove: 'Taking away what came later',
  'take-back': 'Taking back what was changed since',
  cut: 'Ending the record there',
  search: 'Putting the search together',
  sums: 'Adding up and checking',
}

// Where each step begins on the way, in hundredths, as measured on many documents.
const begins: Readonly<Record<Step['step'], number>> = {
  copy: 0,
  remove: 35,
  'take-back': 55,
  cut: 65,
  search: 78,
  sums: 88,
}
const order = ['copy', 'remove', 'take-back', 'cut', 'search', 'sums'] as const

const partOf = ({ step, done, total }: Step): number => {
  const next = order[order.indexOf(step) + 1]
  const end = next === undefined ? 100 : begins[next]
  return begins[step] + (total === 0 ? 0 : ((end - begins[step]) * done) / total)
}

type Props = { readonly at: string; readonly onChooseAgain: () => void }

/** Makes a moment ready, saying how far it is; it can be left. */
export const TakingBack = ({ at, onChooseAgain }: Props) => {
  const formats = useFormats()
  const [step, setStep] = useState<Step>({ kind: 'step', step: 'copy', done: 0, total: 0 })
  const [problem, setProblem] = useState<Problem | null>(null)
  useEffect(() => {
    const stop = new AbortController()
    void goToMoment(at, setStep, stop.signal).then((found) => {
      if (!stop.signal.aborted) setProblem(found)
    })
    return () => stop.abort()
  }, [at])
  if (problem !== null) {
    return (
      <div className={classes['form']}>
        <p role="alert" className={classes['problem']}>
          {problem.message}
          {problem.earliest !== null && ` The earliest moment is ${formats.instant(problem.earliest)}.`}
        </p>
        <DialogFooter>
          <Button variant="default" onClick={stopAsking}>
            Close
          </Button>
          <Button onClick={onChooseAgain}>Choose another moment</Button>
        </DialogFooter>
      </div>
    )
  }
  return (
    <div className={classes['form']}>
      <p>
        The books as of <strong>{formats.instant(at)}</strong>
      </p>
      <Progress value={partOf(step)} animated size="sm" aria-label="Making the moment ready" />
      <p className={classes['reach']} role="status">
        {words[step.step]}…
      </p>
      <DialogFooter>
        <Button variant="default" onClick={stopAsking}>
          Cancel
        </Button>
      </DialogFooter>
    </div>
  )
}
