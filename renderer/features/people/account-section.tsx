import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AloneCard } from './alone-card.tsx'
import { OwnCodes } from './own-codes.tsx'
import { OwnSecrets } from './own-secrets.tsx'
import classes from './people.module.css'
import { Profile } from './profile.tsx'
import { Sessions } from './sessions.tsx'

/** One’s own profile, and how one signs in. */
export const AccountSection = () => {
  const me = useApiQuery('users', 'me', {})
  if (me.data === undefined) {
    return me.isError ? (
      <ErrorPanel {...describeError(me.error)} onRetry={() => void me.refetch()} />
    ) : (
      <Skeleton lines={6} />
    )
  }
  const it = me.data
  return (
    <div className={classes['stack']}>
      {/* A new picture alone must not take away what is being typed. */}
      <Profile key={`${it.name} ${it.email} ${it.color}`} me={it} />
      {it.hasPassword ? (
        <>
          <OwnSecrets me={it} />
          <OwnCodes me={it} />
          <Sessions />
        </>
      ) : (
        <AloneCard me={it} />
      )}
    </div>
  )
}
