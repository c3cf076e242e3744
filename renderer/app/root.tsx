import { Navigate, Outlet, useLocation } from '@tanstack/react-router'
import { useConnection } from '../connection.ts'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { LocaleProvider } from '../ui/locale.tsx'
import { describeError } from './errors.ts'
import { useOrganization, useWorkspace } from './organization.ts'
import { RefusedPage } from './refused-page.tsx'
import { Shell } from './shell.tsx'

/** Decides what surrounds a route: nothing on the first run, the shell afterwards. */
export const Root = () => {
  const workspace = useWorkspace()
  const organization = useOrganization()
  const refused = useConnection((connection) => connection.state === 'refused')
  const path = useLocation({ select: (location) => location.pathname })
  if (refused) return <RefusedPage />
  if (workspace.isPending) return null
  if (workspace.isError) {
    return (
      <main>
        <ErrorPanel {...describeError(workspace.error)} onRetry={() => void workspace.refetch()} />
      </main>
    )
  }
  if (path === '/welcome') {
    return (
      <LocaleProvider locale={organization?.language ?? navigator.language} currency={organization?.currency ?? 'EUR'}>
        <Outlet />
      </LocaleProvider>
    )
  }
  if (organization === null) return <Navigate to="/welcome" replace />
  return (
    <LocaleProvider locale={organization.language} currency={organization.currency}>
      <Shell organization={organization} key={organization.id} />
    </LocaleProvider>
  )
}
