import { Button } from '@mantine/core'
import type { AccessState } from '../../../shared/contract/access.ts'
import { api } from '../../api.ts'
import { RecoveryLadder } from '../../app/restore/recovery-ladder.tsx'
import { Problem } from './problem.tsx'
import { useTry } from './use-try.ts'

/** Where no password and no recovery code is left for data whose key file is gone: going back to a backup. */
export const LostKeys = ({ problem }: Pick<AccessState, 'problem'>) => {
  const attempt = useTry()
  return (
    <>
      <Problem attempt={attempt} />
      <RecoveryLadder
        problem={problem?.message ?? 'The key file is there again.'}
        retry={
          <Button variant="default" loading={attempt.busy} onClick={() => void attempt.run(() => api.access.retry({}))}>
            Try again
          </Button>
        }
      />
    </>
  )
}
