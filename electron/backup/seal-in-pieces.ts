import type { Desk } from './desk.ts'
import type { BackupPool } from './pool.ts'
import { placesOf } from './state.ts'

/** What is in the clear in a place although the data is encrypted, as far as it is of this data. */
export type InClear = {
  readonly place: string
  /** Backups that another computer made, or an earlier version, or that nobody knows: they are not ours to change. */
  readonly backups: number
  /** Copies too damaged to say what they hold, and whose they are. */
  readonly unread: readonly string[]
  /** Kept files that those need, or that no backup names and nobody knows. */
  readonly files: number
  /** Backups of ours that could not be sealed, and whatever else went wrong with the place. */
  readonly failed: number
}

export type Sealed = {
  readonly inClear: readonly InClear[]
  /** Why something of ours could not be sealed, in words; null where everything was. */
  readonly problem: string | null
}

type Pieces = Pick<BackupPool, 'run'>
type Sealing = { readonly directory: string; readonly key: Uint8Array }

/** The data is being locked: what is left is done once it is open again. */
class Stopped extends Error {}

/** Does one thing after another whatever becomes of each; what went wrong is kept. */
const createAttempts = () => {
  const problems: unknown[] = []
  const attempt = async <T>(work: () => Promise<T>): Promise<T | null> => {
    try {
      return await work()
    } catch (error) {
      if (error instanceof Stopped) throw error
      problems.push(error)
      return null
    }
  }
  return { problems, attempt }
}

const toTheEnd = async (piece: (after: string | null) => Promise<string | null>) => {
  for (let after = await piece(null); after !== null; after = await piece(after));
}

const sealPlace = async (pieces: Pieces, place: string, sealing: Sealing) => {
  const { directory } = sealing
  const { problems, attempt } = createAttempts()
  const ofPlace = { ...sealing, place }
  await attempt(() => pieces.run('sealClaim', { ...sealing, folder: place }))
  await attempt(() => pieces.run('sealTakeBack', ofPlace))
  const found = (await attempt(() => pieces.run('sealList', { place }))) ?? []
  let backups = 0
  const unread: string[] = []
  for (const file of found) {
    const became = await attempt(() => pieces.run('sealBackup', { ...ofPlace, file }))
    if (became === 'others') backups += 1
    if (became === 'unread') unread.push(file)
  }
  // Who can open the data may have changed meanwhile, when these were not yet sealed and had no openers.
  await attempt(() => pieces.run('sealOpeners', { directory, folder: place }))
  // Last: until its manifest names the sealed files, a backup needs those in the clear.
  let files = 0
  await toTheEnd(async (after) => {
    const piece = await attempt(() => pieces.run('sealPlaceFiles', { ...ofPlace, after }))
    files += piece?.left ?? 0
    return piece?.next ?? null
  })
  return { left: { place, backups, unread, files, failed: problems.length }, problems }
}

/**
 * Encrypts what an encrypted folder still has in the clear, piece by piece: kept files, what was put aside, its backups in
 * every place. In a place outside of it only what this installation made. Gives what is left, place by place; one that is
 * full or cannot be written to keeps nothing else in the clear.
 */
export const sealWhatIsLeft = async (pieces: Pieces, places: readonly string[], sealing: Sealing): Promise<Sealed> => {
  const { directory, key } = sealing
  const { problems: here, attempt } = createAttempts()
  await toTheEnd((after) => attempt(() => pieces.run('sealFiles', { ...sealing, after })))
  const aside = (await attempt(() => pieces.run('sealAsideBegin', { directory }))) ?? []
  for (const folder of aside) await attempt(() => pieces.run('sealAside', { folder, key }))
  const all: Awaited<ReturnType<typeof sealPlace>>[] = []
  for (const place of places) all.push(await sealPlace(pieces, place, sealing))
  const problems = [...here, ...all.flatMap((it) => it.problems)]
  const [first] = problems
  const why = first instanceof Error ? first.message : String(first)
  const problem = problems.length === 0 ? null : `Sealing met ${problems.length} problems, the first of them: ${why}`
  return { inClear: all.map(({ left }) => left), problem }
}

/** The sealing of one open data folder. */
export type SealingBehind = {
  /** Seals what is left in the clear, a piece at each turn of the desk; gives up once `stop` was called. */
  readonly seal: () => Promise<void>
  /** Cuts it off where it is: whatever it was at is taken up again after the next sign-in. */
  readonly stop: () => Promise<void>
}

/** Seals at a desk, behind everything else that is done there. */
export const createSealing = (desk: Desk): SealingBehind => {
  const { directory, key, log, sealingPool } = desk
  let stopped = false
  const pieces: Pieces = {
    run: (kind, input) =>
      // Asked for anew for each piece, so that whatever else was asked for meanwhile comes first.
      desk.behindTurn(() => {
        if (stopped) return Promise.reject(new Stopped())
        return sealingPool.run(kind, input).catch((error: unknown) => {
          throw stopped ? new Stopped() : error
        })
      }),
  }
  const note = (all: readonly InClear[]) => {
    const of = (folder: string | null) => {
      const found = all.find(({ place }) => place === folder)
      if (found === undefined) return null
      const { backups, unread, files, failed } = found
      return backups + unread.length + files + failed === 0 ? null : { backups, unread: [...unread], files, failed }
    }
    desk.save({ inClear: { main: of(desk.folderOf('main')), second: of(desk.folderOf('second')) } })
  }
  return {
    seal: async () => {
      if (key === null) return
      try {
        const { inClear, problem } = await sealWhatIsLeft(pieces, placesOf(directory), { directory, key })
        note(inClear)
        if (problem !== null) log.error({ problem }, 'something is still in the clear')
      } catch (error) {
        if (!(error instanceof Stopped)) throw error
      }
    },
    stop: async () => {
      stopped = true
      await sealingPool.close()
    },
  }
}
