import { createHash } from 'node:crypto'

/** The place of a device in the row for a release, from 0 to below 100: the same at each check, another per release. */
export const placeInRollout = (deviceId: string, version: string): number => {
  const digest = createHash('sha256').update(`${version}\n${deviceId}`).digest()
  return (digest.readUInt32BE(0) / 2 ** 32) * 100
}

/** Whether a device is among those that are given a release so far. */
export const isInRollout = (deviceId: string, version: string, percent: number): boolean =>
  placeInRollout(deviceId, version) < percent
