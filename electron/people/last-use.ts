import type { Clock } from '../../shared/ids.ts'
import type { Trx } from '../rpc/handles.ts'
import type { Log } from '../rpc/log.ts'
import type { Sessions } from '../rpc/sessions.ts'
import { touchSession } from './sessions-store.ts'

/** Keeps when the session at this screen was last used, without a write for each use. */
export type LastUse = {
  /** Says that whoever is signed in has just done something. Never waits, never fails. */
  readonly note: () => void
  /** Waits until what was noted is written. */
  readonly settle: () => Promise<void>
}

type Parts = {
  readonly sessions: Sessions
  readonly clock: Clock
  readonly log: Log
  /** A transaction in its turn; not a command: that somebody is there changes nothing of the business. */
  readonly write: (work: (trx: Trx) => Promise<void>) => Promise<void>
}

// What a list of sessions needs to be believed, and no more.
const everyMilliseconds = 60_000

/** The last use of sessions, written once a minute at most, and never by an app that nobody touches. */
export const createLastUse = ({ sessions, clock, log, write }: Parts): LastUse => {
  let written = { id: '', at: '' }
  let writing: Promise<void> = Promise.resolve()
  return {
    note: () => {
      const id = sessions.current()?.id ?? null
      if (id === null) return
      const at = clock.now()
      // A clock that was set back is no reason to wait.
      const passed = Date.parse(at) - Date.parse(written.at)
      if (written.id === id && passed >= 0 && passed < everyMilliseconds) return
      written = { id, at }
      writing = writing
        .then(() => write((trx) => touchSession(trx, id, at)))
        .catch((error: unknown) => log.warn({ error }, 'the last use of a session was not kept'))
    },
    settle: () => writing,
  }
}
