import type { ElectronApplication, Page } from '@playwright/test'
import type { Problem } from './problems.ts'

export type HostName = 'web' | 'electron'

/** A host that runs: its page, and the two ways it can end. */
export type Running = {
  readonly page: Page
  /** The desktop app's main process; null on the web host. */
  readonly desktop: ElectronApplication | null
  /** Ends as a user would end it: window closed, Ctrl+C. */
  readonly close: () => Promise<void>
  /** Ends at once, with nothing written or said. */
  readonly kill: () => Promise<void>
}

export type LaunchOptions = {
  readonly dataDirectory: string
  readonly problems: Problem[]
  readonly colorScheme: 'light' | 'dark'
  readonly size: { readonly width: number; readonly height: number }
  readonly parameters: readonly string[]
}

export type Launcher = (options: LaunchOptions) => Promise<Running>
