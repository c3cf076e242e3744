import type Sqlite from 'better-sqlite3'

type Row = {
  readonly id: string
  readonly status: string
  readonly deletedAt: string | null
  readonly passwordHash: string | null
}

/** Whoever a database knows, by id; `hasPassword` is of use only where they may sign in. */
export type PeopleThere = ReadonlyMap<string, { readonly mayEnter: boolean; readonly hasPassword: boolean }>

/** What becomes of who may come in, and of what keeps others out, by going back to a backup. */
export type Entry = {
  /** A backup in the clear of data that is encrypted: sealed with the key of now, or everything is in the clear. */
  readonly encryption: 'same' | 'sealed' | 'in-clear'
  /** Somebody needs a password now, and nobody does afterwards. */
  readonly unguarded: boolean
  /** People, passwords and roles are those of the backup's day, for some of them at least. */
  readonly ofThen: boolean
}

/** The people of a state, from its rows. */
export const toPeople = (rows: readonly Row[]): PeopleThere =>
  new Map(
    rows.map(({ id, status, deletedAt, passwordHash }) => [
      id,
      { mayEnter: status === 'active' && deletedAt === null, hasPassword: passwordHash !== null },
    ]),
  )

/** The people of a database that is open; nobody in one from before there were any. */
export const peopleIn = (database: Sqlite.Database): PeopleThere => {
  try {
    const rows = database.prepare(
      'SELECT id, status, deleted_at AS deletedAt, password_hash AS passwordHash FROM users',
    )
    // The columns that the statement names.
    return toPeople(rows.all() as Row[])
  } catch {
    return new Map()
  }
}

export type EntryInput = {
  readonly ofBackup: PeopleThere
  /** null where the present database cannot be read. */
  readonly now: PeopleThere | null
  /** Whether the present data is encrypted. */
  readonly isEncrypted: boolean
  /** Whether the backup is. */
  readonly isBackupEncrypted: boolean
  /** Whose passwords open the present data with the key that is at hand; null where it is not. */
  readonly openers: readonly string[] | null
}

/** Looks ahead at who may come in once a backup is in place. */
export const entryAfter = ({ ofBackup, now, isEncrypted, isBackupEncrypted, openers }: EntryInput): Entry => {
  const entering = [...ofBackup].filter(([, { mayEnter }]) => mayEnter)
  const isOpenable = openers?.some((id) => ofBackup.get(id)?.mayEnter === true) === true
  const encryption = !isEncrypted || isBackupEncrypted ? 'same' : isOpenable ? 'sealed' : 'in-clear'
  // Whoever is known now comes in as now, or not at all.
  const guards = entering.some(([id, { hasPassword }]) => {
    const known = now?.get(id)
    return known === undefined ? hasPassword : known.mayEnter && known.hasPassword
  })
  const isGuarded = isEncrypted || [...(now ?? [])].some(([, { mayEnter, hasPassword }]) => mayEnter && hasPassword)
  const isShared = entering.length > 1 || entering.some(([, { hasPassword }]) => hasPassword)
  return {
    encryption,
    unguarded: isGuarded && !guards && (encryption === 'in-clear' || !isEncrypted),
    // One person alone, without a password, is nobody to be kept out.
    ofThen: isShared && entering.some(([id]) => now?.has(id) !== true),
  }
}
