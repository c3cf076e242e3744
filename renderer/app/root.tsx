import { Navigate, Outlet, useLocation, useMatch } from '@tanstack/react-router'
import { useConnection } from '../connection.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LocaleProvider } from '../ui/locale.tsx'
import { Delayed } from '../ui/skeleton.tsx'
import { describeError } from './errors.ts'
import { NoBusinessPage } from './no-business-page.tsx'
import { useOrganization, useWorkspace } from './organization.ts'
import { usePast } from './past/past-state.ts'
import { RefusedPage } from './refused-page.tsx'
import classes from './root.module.css'
import { Shell } from './shell.tsx'

const Waiting = () => (
  <main>
    <Delayed>
      <p className={classes['waiting']}>Waiting for your data…</p>
    </Delayed>
  </main>
)

/** Decides what surrounds a route: nothing on the first run, the shell afterwards. */
export const Root = () => {
  const workspace = useWorkspace()
  const organization = useOrganization()
  const past = usePast(({ view }) => view?.id ?? 'now')
  const refused = useConnection((connection) => connection.state === 'refused')
  const path = useLocation({ select: (location) => location.pathname })
  // The address changes a moment before its page is there; what is drawn goes by the page.
  const welcomes = useMatch({ from: '/welcome', shouldThrow: false }) !== undefined
  // A window that was at work keeps what was typed in it; the shell says that it lost its key.
  if (refused && workspace.data === undefined) return <RefusedPage />
  if (workspace.isPending) return <Waiting />
  // A later read that fails must not take away the screen and what is typed in it.
  if (workspace.data === undefined) {
    return (
      <main>
        <ErrorPanel {...describeError(workspace.error)} onRetry={() => void workspace.refetch()} />
      </main>
    )
  }
  if (!workspace.data.ownsWorkstation && (welcomes || organization === null)) {
    return <NoBusinessPage back={organization} />
  }
  if (welcomes) {
    return (
      <LocaleProvider locale={organization?.language ?? navigator.language} currency={organization?.currency ?? 'EUR'}>
        <Outlet />
      </LocaleProvider>
    )
  }
  if (organization === null) return path === '/welcome' ? <Waiting /> : <Navigate to="/welcome" replace />
  return (
    <LocaleProvider locale={organization.language} currency={organization.currency}>
      <Shell organization={organization} key={`${organization.id} ${past}`} />
    </LocaleProvider>
  )
}
