import type { ReleaseFile, ReleaseManifest } from './manifest.ts'
import { isInRollout } from './rollout.ts'
import { UpdateError } from './update-error.ts'
import { compareVersions } from './version.ts'

export type Standing = {
  readonly currentVersion: string
  /** The newest version of which a signed notice was seen; null before the first. */
  readonly newestSeen: string | null
  readonly dataVersion: number
  readonly deviceId: string
  readonly platform: NodeJS.Platform
  readonly arch: string
  /** The instant of the check. */
  readonly now: string
}

export type Choice =
  | { readonly outcome: 'current' }
  /** It exists and this device's turn has not come. */
  | { readonly outcome: 'held-back' }
  | { readonly outcome: 'available'; readonly file: ReleaseFile }

/** What a signed notice means for this device; UpdateError where it must not be followed. */
export const chooseRelease = (manifest: ReleaseManifest, standing: Standing): Choice => {
  const { version } = manifest
  const order = compareVersions(version, standing.currentVersion)
  if (Date.parse(manifest.expiresAt) <= Date.parse(standing.now)) {
    throw new UpdateError('expired', `The notice of version ${version} is out of date. Try again later.`)
  }
  // An old notice has a good signature too: whoever serves it again wants a fault back that was mended.
  if (order < 0 || (standing.newestSeen !== null && compareVersions(version, standing.newestSeen) < 0)) {
    throw new UpdateError('older', `Version ${version} is older than what was there before. It was not taken.`)
  }
  if (order === 0) return { outcome: 'current' }
  if (manifest.minimumDataVersion > standing.dataVersion) {
    throw new UpdateError(
      'data-too-old',
      `Version ${version} cannot take over from this one directly. Install the version before it first.`,
    )
  }
  if (!isInRollout(standing.deviceId, version, manifest.rolloutPercent)) return { outcome: 'held-back' }
  const file = manifest.files.find(({ platform, arch }) => platform === standing.platform && arch === standing.arch)
  if (file === undefined) {
    throw new UpdateError('not-for-this-computer', `There is no version ${version} for this kind of computer.`)
  }
  return { outcome: 'available', file }
}
