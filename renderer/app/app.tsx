import { MantineProvider } from '@mantine/core'
import { QueryClientProvider } from '@tanstack/react-query'
import { RouterProvider } from '@tanstack/react-router'
import { useEffect } from 'react'
import { ConfirmHost } from '../ui/confirm.tsx'
import { keepFocus } from '../ui/focus-kept.ts'
import { Toasts } from '../ui/toast.tsx'
import { colorSchemeManager } from './color-scheme.ts'
import { setCurrentRouter } from './current-router.ts'
import { ErrorBoundary } from './error-boundary.tsx'
import { FrontDoor } from './front-door.tsx'
import { keepRoute } from './last-route.ts'
import { queryClient } from './query-client.ts'
import { ReauthenticateHost } from './reauthenticate.tsx'
import { RecoveryKeyHost } from './recovery-key.tsx'
import { router } from './routes.tsx'
import { RecoveryCodesHost } from './second-factor/recovery-codes.tsx'
import { cssVariables, theme } from './theme.ts'
import { tellUnhandled } from './unhandled.ts'

const nonce = () => document.querySelector('meta[name="csp-nonce"]')?.getAttribute('content') ?? ''

setCurrentRouter(router)
keepRoute(router)

const schemeManager = colorSchemeManager()

/** Everything that surrounds the routes. */
export const App = () => {
  useEffect(() => {
    const stop = new AbortController()
    tellUnhandled(stop.signal)
    keepFocus(stop.signal)
    return () => stop.abort()
  }, [])
  return (
    <MantineProvider
      theme={theme}
      cssVariablesResolver={cssVariables}
      colorSchemeManager={schemeManager}
      defaultColorScheme="auto"
      getStyleNonce={nonce}
    >
      <QueryClientProvider client={queryClient}>
        <ErrorBoundary>
          <FrontDoor>
            <RouterProvider router={router} />
            <ConfirmHost />
            <ReauthenticateHost />
            <RecoveryKeyHost />
          </FrontDoor>
          <RecoveryCodesHost />
          <Toasts />
        </ErrorBoundary>
      </QueryClientProvider>
    </MantineProvider>
  )
}
