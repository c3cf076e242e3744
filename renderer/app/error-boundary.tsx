import type { ErrorComponentProps } from '@tanstack/react-router'
import { Component, type ReactNode } from 'react'
import { ErrorPanel } from '../ui/error-panel.tsx'
import { Page } from '../ui/page.tsx'
import { describeError } from './errors.ts'

/** What a route shows when its page threw; the shell stays. */
export const PageProblem = ({ error, reset }: ErrorComponentProps) => (
  <Page title="This page could not be shown">
    <ErrorPanel {...describeError(error)} onRetry={reset} />
  </Page>
)

type Props = { readonly children: ReactNode }
type State = { readonly error: unknown }

/** The last net below everything: says that the data is safe and offers a fresh start of the screen. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { error: null }

  static getDerivedStateFromError(error: unknown): State {
    return { error }
  }

  override render(): ReactNode {
    if (this.state.error === null) return this.props.children
    return (
      <main>
        <Page title="This window ran into a problem">
          <ErrorPanel
            {...describeError(this.state.error)}
            onRetry={() => location.reload()}
            retryLabel="Reload the window"
          />
        </Page>
      </main>
    )
  }
}
