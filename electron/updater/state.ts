import type { Output } from '../../shared/contract/index.ts'
import type { updates } from '../../shared/contract/updates.ts'
import { UpdateError } from './update-error.ts'

export type UpdateState = Output<(typeof updates)['state']>

export type Updates = {
  readonly state: () => Promise<UpdateState>
  /** Asks the feed; what is wrong with it stands in the state. */
  readonly check: () => Promise<UpdateState>
  /** Begins to download what was found, or goes on with it; UpdateError where nothing was. */
  readonly download: () => Promise<UpdateState>
  /** Stops a download, or takes back that a release is installed at the end. */
  readonly cancel: () => Promise<UpdateState>
  /** Installs what is downloaded, now or when the app ends; UpdateError. */
  readonly install: (when: 'now' | 'quit') => Promise<UpdateState>
  /** To be awaited when the app ends, while its data is still open. */
  readonly atQuit: () => Promise<void>
  readonly close: () => Promise<void>
}

/** What the updates need of data that is open. */
export type OpenData = {
  readonly deviceId: string
  /** Makes and verifies a backup; without it nothing is installed. */
  readonly beforeInstall: () => Promise<void>
}

/** The updates of a run of the app, whose data may be closed and opened again in the midst of it. */
export type LastingUpdates = Updates & {
  /** To be told which data is open; null once it is closed. */
  readonly attach: (data: OpenData | null) => void
}

/** The state of a program that has not looked yet. */
export const blankState = (currentVersion: string): UpdateState => ({
  status: 'idle',
  currentVersion,
  version: null,
  releasedAt: null,
  notes: null,
  sizeBytes: null,
  receivedBytes: 0,
  problem: null,
  checkedAt: null,
  installAtQuit: false,
})

/** The updates of a host that is not installed as an app: there are none. */
export const noUpdates = (currentVersion: string): LastingUpdates => {
  const state = () => Promise.resolve({ ...blankState(currentVersion), status: 'unavailable' as const })
  const refuse = () =>
    Promise.reject(new UpdateError('no-feed', 'Only the desktop app can put a new version in its place.'))
  return {
    state,
    check: state,
    download: refuse,
    cancel: state,
    install: refuse,
    atQuit: () => Promise.resolve(),
    close: () => Promise.resolve(),
    attach: () => undefined,
  }
}
