import classes from './access.module.css'
import type { Try } from './use-try.ts'

/** Why a try at the door failed; a wait counts down for the eye, and is told once to whoever has it read out. */
export const Problem = ({ attempt }: { readonly attempt: Pick<Try, 'problem' | 'countdown'> }) => {
  const { problem, countdown } = attempt
  if (problem === null) return null
  return (
    <p className={classes['problem']}>
      <span role="alert" className={countdown === null ? undefined : 'visually-hidden'}>
        {problem}
      </span>
      {countdown !== null && <span aria-hidden="true">{countdown}</span>}
    </p>
  )
}
