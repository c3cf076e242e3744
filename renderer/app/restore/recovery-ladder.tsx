import { type ReactNode, useEffect, useState } from 'react'
import { api } from '../../api.ts'
import { LocaleProvider } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import type { ApiOutput } from '../queries.ts'
import classes from './restore.module.css'
import { RestoreSteps } from './restore-steps.tsx'
import { SalvageStep } from './salvage-step.tsx'

type Finding = ApiOutput<'recovery', 'diagnose'>

const useFinding = (): Finding | 'failed' | null => {
  const [finding, setFinding] = useState<Finding | 'failed' | null>(null)
  useEffect(() => {
    let gone = false
    const tell = (it: Finding | 'failed') => {
      if (!gone) setFinding(it)
    }
    api.recovery.diagnose({}).then(tell, () => tell('failed'))
    return () => {
      gone = true
    }
  }, [])
  return finding
}

type Props = {
  /** Why it did not open, in the words of the attempt. */
  readonly problem: string
  /** The button that tries once more. */
  readonly retry: ReactNode
}

const Found = ({ finding, problem, retry }: Props & { readonly finding: Finding }) => (
  <div className={classes['found']}>
    <div role="alert">
      <p className={classes['what']}>{finding.what}</p>
      <p>{finding.todo}</p>
      <p className={classes['quiet']}>
        Data folder: <span className={classes['path']}>{finding.directory}</span>
      </p>
    </div>
    {retry}
    <details className={classes['quiet']}>
      <summary>What was found</summary>
      <ul>
        {[...new Set([problem, ...finding.faults.slice(0, 10)])].map((fault) => (
          <li key={fault}>{fault}</li>
        ))}
      </ul>
    </details>
  </div>
)

const NotFound = ({ problem, retry }: Props) => (
  <div className={classes['found']}>
    <p role="alert" className={classes['what']}>
      {problem}
    </p>
    {retry}
  </div>
)

/** What can be done about data that does not open: a backup first, then what can still be read. */
export const RecoveryLadder = (props: Props) => {
  const finding = useFinding()
  return (
    <LocaleProvider locale={navigator.language} currency="EUR">
      <div className={classes['ladder']}>
        {finding === null && <Skeleton lines={3} label="Finding out what is wrong" />}
        {finding === 'failed' && <NotFound {...props} />}
        {finding !== null && finding !== 'failed' && <Found finding={finding} {...props} />}
        <section className={classes['rung']} aria-labelledby="rung-backup">
          <h2 id="rung-backup">Go back to a backup</h2>
          <RestoreSteps />
        </section>
        {finding !== null && finding !== 'failed' && finding.canSalvage && (
          <section className={classes['rung']} aria-labelledby="rung-salvage">
            <h2 id="rung-salvage">Or read out what is left</h2>
            <SalvageStep />
          </section>
        )}
      </div>
    </LocaleProvider>
  )
}
