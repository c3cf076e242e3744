import { Button, Progress } from '@mantine/core'
import type { AccessState } from '../../../shared/contract/access.ts'
import { api } from '../../api.ts'
import { RecoveryLadder } from '../../app/restore/recovery-ladder.tsx'
import classes from './access.module.css'
import { Problem } from './problem.tsx'
import { Slip } from './slip.tsx'
import { useTry } from './use-try.ts'

const Damaged = ({ problem }: Pick<AccessState, 'problem'>) => {
  const attempt = useTry()
  return (
    <Slip title="The data could not be opened" hint="Nothing was changed: the file is as it was." wide>
      <Problem attempt={attempt} />
      <RecoveryLadder
        problem={problem?.message ?? 'Nobody knows why yet.'}
        retry={
          <Button variant="default" loading={attempt.busy} onClick={() => void attempt.run(() => api.access.retry({}))}>
            Try again
          </Button>
        }
      />
    </Slip>
  )
}

/** While the data is being opened or worked on as a whole, and when it cannot be. */
export const DoorPage = ({ state }: { readonly state: AccessState }) => {
  if (state.phase === 'damaged') return <Damaged problem={state.problem} />
  const { work } = state
  return (
    <Slip title={work?.title ?? 'Opening your data'} hint="This can take a moment; nothing is lost if it is stopped.">
      {work !== null && work.total > 0 ? (
        <div className={classes['progress']}>
          <Progress aria-label={work.title} value={(100 * work.done) / work.total} size="sm" />
          <span>{Math.floor((100 * work.done) / work.total)}%</span>
        </div>
      ) : (
        <Progress aria-label="Working" value={100} animated size="sm" />
      )}
    </Slip>
  )
}
