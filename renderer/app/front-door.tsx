import { lazy, type ReactNode, Suspense, useEffect } from 'react'
import { useConnection } from '../connection.ts'
import { Delayed } from '../ui/skeleton.tsx'
import { followAccess, mustSignIn, useAccess } from './access-state.ts'
import { followChanges } from './change-feed.ts'
import { queryClient } from './query-client.ts'
import { ReauthenticateHost } from './reauthenticate.tsx'
import classes from './root.module.css'
import { useCleanWindow } from './use-clean-window.ts'
import { useIdleTouch } from './use-idle-touch.ts'
import { useKeptStore } from './use-kept-store.ts'

const SignInPage = lazy(async () => ({ default: (await import('../features/access/sign-in-page.tsx')).SignInPage }))
const OwedPage = lazy(async () => ({ default: (await import('../features/access/owed-page.tsx')).OwedPage }))
const DoorPage = lazy(async () => ({ default: (await import('../features/access/door-page.tsx')).DoorPage }))

const Waiting = () => (
  <main>
    <Delayed>
      <p className={classes['waiting']}>Waiting for your data…</p>
    </Delayed>
  </main>
)

/** Signed in, and not inside yet: kept from locking while somebody is at it. */
const Owed = ({ person, owes }: Parameters<typeof OwedPage>[0]) => {
  useIdleTouch()
  return (
    <>
      <OwedPage person={person} owes={owes} />
      <ReauthenticateHost />
    </>
  )
}

/** What is behind the door: shown, followed and kept awake while somebody is there. */
const Inside = ({ children }: { readonly children: ReactNode }) => {
  useIdleTouch()
  const isReady = useKeptStore()
  useEffect(() => {
    const stop = new AbortController()
    void followChanges(stop.signal)
    return () => {
      stop.abort()
      // Nothing of the business stays in the window's memory behind a lock.
      queryClient.clear()
    }
  }, [])
  return isReady ? children : <Waiting />
}

/** Lets nobody see the app who has not signed in, and says where its data stands meanwhile. */
export const FrontDoor = ({ children }: { readonly children: ReactNode }) => {
  const state = useAccess((access) => access.state)
  const refused = useConnection((connection) => connection.state === 'refused')
  useEffect(() => {
    const stop = new AbortController()
    void followAccess(stop.signal)
    return () => stop.abort()
  }, [])
  const isLeaving = useCleanWindow(state)
  if (refused && state === null) return children
  if (state === null || isLeaving) return <Waiting />
  if (mustSignIn(state)) {
    return (
      <Suspense fallback={<Waiting />}>
        <SignInPage state={state} />
      </Suspense>
    )
  }
  if (state.phase !== 'open') {
    return (
      <Suspense fallback={<Waiting />}>
        <DoorPage state={state} />
      </Suspense>
    )
  }
  if (state.person !== null && state.owes !== null) {
    return (
      <Suspense fallback={<Waiting />}>
        <Owed person={state.person} owes={state.owes} />
      </Suspense>
    )
  }
  return <Inside>{children}</Inside>
}
