import type { ReleaseFile, ReleaseManifest } from './manifest.ts'

export type Handover = {
  readonly manifest: ReleaseManifest
  readonly file: ReleaseFile
  /** The verified file on the disk. */
  readonly path: string
  /** Whether the app starts again after it. */
  readonly restart: boolean
}

/** The platform's way to put a release in the place of the running app. */
export type UpdaterPort = {
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** Leaves a verified file with the platform, which takes it when the app has ended. */
  readonly handOver: (handover: Handover) => Promise<void>
  /** Ends the app as its user would. */
  readonly quit: () => void
}
