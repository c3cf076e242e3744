import { join } from 'node:path'
import { migrations } from '../../db/migrations/index.ts'
import { builtInChannel, type UpdateChannel } from './channel.ts'
import type { UpdaterPort } from './port.ts'
import { type LastingUpdates, noUpdates } from './state.ts'
import { createUpdater, type UpdaterOptions } from './updater.ts'

/** What a host that can replace itself brings. */
export type HostUpdater = {
  readonly port: UpdaterPort
  readonly channel?: UpdateChannel
}

type Parts = Pick<UpdaterOptions, 'directory' | 'clock' | 'log'> & {
  readonly version: string
  readonly updater?: HostUpdater
}

/** The updates of a host for the whole of its run: an updater where it can replace itself, else none. */
export const createHostUpdates = ({ updater, version, directory, clock, log }: Parts): LastingUpdates => {
  if (updater === undefined) return noUpdates(version)
  return createUpdater({
    clock,
    log,
    port: updater.port,
    channel: updater.channel ?? builtInChannel,
    currentVersion: version,
    dataVersion: migrations.at(-1)?.version ?? 0,
    directory: join(directory, 'updates'),
  })
}
