import { join } from 'node:path'
import { AppError } from '../../shared/errors.ts'
import type { Clock } from '../../shared/ids.ts'
import type { Log } from '../rpc/log.ts'
import type { UpdateChannel } from './channel.ts'
import { type Choice, chooseRelease } from './choose.ts'
import { downloadRelease, isReleased } from './download.ts'
import { feedUrl, readSmall } from './feed.ts'
import { largestManifest, type ReleaseFile, type ReleaseManifest, readManifest } from './manifest.ts'
import { openUpdateMemory } from './memory.ts'
import type { UpdaterPort } from './port.ts'
import { blankState, type LastingUpdates, type OpenData, type UpdateState } from './state.ts'
import { UpdateError } from './update-error.ts'
import { compareVersions } from './version.ts'

export const manifestName = 'counterfoil-updates.json'

export type UpdaterOptions = {
  readonly port: UpdaterPort
  readonly channel: UpdateChannel
  readonly currentVersion: string
  /** The newest data version that this program knows. */
  readonly dataVersion: number
  /** The folder of downloads. */
  readonly directory: string
  readonly clock: Clock
  readonly log: Log
}

type Found = { readonly manifest: ReleaseManifest; readonly file: ReleaseFile }

const sentenceOf = (error: unknown): string =>
  error instanceof UpdateError || error instanceof AppError
    ? error.message
    : `Something went wrong that Counterfoil did not expect: ${error instanceof Error ? error.message : String(error)}`

const notOpen =
  'The data was locked when Counterfoil ended, so no backup of it could be made. Nothing was installed: sign in, and ask again.'

class Updater implements LastingUpdates {
  private readonly options: UpdaterOptions
  private readonly memory: ReturnType<typeof openUpdateMemory>
  private current: UpdateState
  private data: OpenData | null = null
  private deviceId = ''
  private found: Found | null = null
  private path: string | null = null
  private download_: { readonly stop: AbortController; readonly done: Promise<void> } | null = null
  private checking: Promise<void> | null = null

  constructor(options: UpdaterOptions) {
    this.options = options
    this.memory = openUpdateMemory(options.directory)
    const status = options.channel.feed === null || options.channel.publicKeys.length === 0 ? 'no-feed' : 'idle'
    this.current = { ...blankState(options.currentVersion), status }
  }

  async state(): Promise<UpdateState> {
    const { checkedAt, problem } = await this.memory.read()
    return { ...this.current, checkedAt, problem: this.current.problem ?? problem }
  }

  async check(): Promise<UpdateState> {
    if (!['no-feed', 'downloading', 'ready', 'installing'].includes(this.current.status)) {
      this.checking ??= this.look().finally(() => {
        this.checking = null
      })
      await this.checking
    }
    return await this.state()
  }

  private async look(): Promise<void> {
    this.set({ status: 'checking', problem: null })
    try {
      const manifest = await this.fetchManifest()
      const now = this.options.clock.now()
      const { newestSeen } = await this.memory.read()
      const choice = chooseRelease(manifest, { ...this.standing(), newestSeen, now })
      const newest = newestSeen === null || compareVersions(manifest.version, newestSeen) > 0
      await this.memory.write({ checkedAt: now, problem: null, ...(newest ? { newestSeen: manifest.version } : {}) })
      this.show(manifest, choice)
    } catch (error) {
      this.fail(error, 'looking for a new version failed')
    }
  }

  private standing() {
    const { currentVersion, dataVersion, port } = this.options
    return { currentVersion, dataVersion, deviceId: this.deviceId, platform: port.platform, arch: port.arch }
  }

  private async fetchManifest(): Promise<ReleaseManifest> {
    const feed = this.feed()
    const bytes = await readSmall(feed, manifestName, largestManifest)
    const signature = await readSmall(feed, `${manifestName}.sig`, 1024)
    return readManifest(bytes, new TextDecoder().decode(signature), this.options.channel.publicKeys)
  }

  private feed(): URL {
    const { feed, allowLoopback } = this.options.channel
    return feedUrl(feed ?? '', allowLoopback)
  }

  private show(manifest: ReleaseManifest, choice: Choice) {
    const { version, releasedAt, notes } = manifest
    if (choice.outcome !== 'available') {
      this.found = null
      return this.set({ ...blankState(this.options.currentVersion), status: choice.outcome })
    }
    this.found = { manifest, file: choice.file }
    this.set({ status: 'available', version, releasedAt, notes, sizeBytes: choice.file.size, receivedBytes: 0 })
  }

  async download(): Promise<UpdateState> {
    const { found } = this
    if (found === null)
      throw new UpdateError('unreachable', 'There is no new version to download. Check for one first.')
    if (this.path === null && this.download_ === null) {
      const stop = new AbortController()
      this.set({ status: 'downloading', problem: null })
      this.download_ = { stop, done: this.bring(found, stop.signal).finally(() => (this.download_ = null)) }
    }
    return await this.state()
  }

  private async bring({ manifest, file }: Found, signal: AbortSignal): Promise<void> {
    try {
      this.path = await downloadRelease({
        feed: this.feed(),
        file,
        directory: join(this.options.directory, manifest.version),
        signal,
        onProgress: (receivedBytes) => this.set({ receivedBytes }),
      })
      this.set({ status: 'ready', receivedBytes: file.size, problem: null })
    } catch (error) {
      const cut = error instanceof UpdateError && error.problem === 'cut'
      this.fail(error, 'downloading a new version failed', signal.aborted || cut ? 'available' : 'failed')
    }
  }

  async cancel(): Promise<UpdateState> {
    const { download_: running } = this
    running?.stop.abort()
    await running?.done
    if (this.current.status === 'ready') this.set({ installAtQuit: false })
    return await this.state()
  }

  async install(when: 'now' | 'quit'): Promise<UpdateState> {
    if (this.current.status !== 'ready') {
      throw new UpdateError('unreachable', 'There is no new version to install. Download it first.')
    }
    if (when === 'quit') this.set({ installAtQuit: true })
    else {
      await this.handOver(true)
      this.options.port.quit()
    }
    return await this.state()
  }

  /** Checks the file once more, has the backup made, and leaves both with the platform; throws UpdateError. */
  private async handOver(restart: boolean): Promise<void> {
    const { found, path } = this
    if (found === null || path === null) return
    this.set({ status: 'installing', problem: null })
    try {
      // It lay on the disk since it was downloaded.
      if (!(await isReleased(path, found.file))) {
        this.path = null
        throw new UpdateError('changed', 'The downloaded version was changed on the disk. It was not installed.')
      }
      // Encrypted and locked, it cannot be read by what would check its backup.
      if (this.data === null) throw new UpdateError('disk', notOpen)
      await this.data.beforeInstall()
      await this.options.port.handOver({ ...found, path, restart })
    } catch (error) {
      this.fail(error, 'installing a new version failed', this.path === null ? 'available' : 'ready')
      throw error instanceof UpdateError
        ? error
        : new UpdateError('disk', `${sentenceOf(error)} Nothing was installed.`)
    }
  }

  async atQuit(): Promise<void> {
    if (this.current.status !== 'ready' || !this.current.installAtQuit) return
    try {
      await this.handOver(false).catch((error: unknown) => this.memory.write({ problem: sentenceOf(error) }))
    } catch (error) {
      // The data has to be closed whatever comes of it.
      this.options.log.warn({ error }, 'why a new version was not installed could not be kept')
    }
  }

  attach(data: OpenData | null): void {
    this.data = data
    if (data !== null) this.deviceId = data.deviceId
  }

  async close(): Promise<void> {
    this.download_?.stop.abort()
    await this.download_?.done
  }

  private set(changes: Partial<UpdateState>) {
    this.current = { ...this.current, ...changes }
  }

  private fail(error: unknown, what: string, status: UpdateState['status'] = 'failed') {
    this.options.log.warn({ error }, what)
    this.set({ status, problem: sentenceOf(error), installAtQuit: false })
  }
}

/** Makes the updater of a host that can put a new version in its own place. */
export const createUpdater = (options: UpdaterOptions): LastingUpdates => new Updater(options)
