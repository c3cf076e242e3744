import type { Desk } from './desk.ts'
import type { createBackupMaker } from './make-backups.ts'
import type { createProofs } from './prove-backups.ts'

const minute = 60_000
/** At most one automatic backup in this time. */
export const betweenBackups = 15 * minute
const betweenProofs = 7 * 24 * 60 * minute
const idleMilliseconds = 2 * minute

type Works = {
  readonly backUp: ReturnType<typeof createBackupMaker>
  readonly proofs: ReturnType<typeof createProofs>
}

/** One look at what is due, each time it is called: a backup after changes; when nobody works, a check and a drill a week. */
export const createSchedule = (desk: Desk, { backUp, proofs }: Works): (() => Promise<void>) => {
  const { log } = desk
  const crashed = desk.state().open
  let seen = { seq: 0, at: desk.milliseconds() }
  let triedAt = 0
  let isFirst = true

  const isOver = (at: number, milliseconds: number) =>
    // A clock that was set back must not stop anything until it has caught up.
    at > desk.milliseconds() || desk.milliseconds() - at >= milliseconds
  const isOld = (at: string | undefined) => at === undefined || isOver(Date.parse(at), betweenProofs)

  const isBackupDue = (seq: number): boolean => {
    const { settings, places } = desk.state()
    if (!settings.automatic || seq === 0) return false
    const { last, problem } = places.main
    const isSecondAmiss = settings.secondPlace !== null && places.second.problem !== null
    const changed = last === null || seq !== last.headSeq || problem !== null || isSecondAmiss
    return (
      changed &&
      isOver(last === null ? 0 : Date.parse(last.createdAt), betweenBackups) &&
      isOver(triedAt, betweenBackups)
    )
  }

  const check = async (full: boolean) => {
    await proofs.checkDatabase(full).catch((error: unknown) => log.warn({ error }, 'the check did not end'))
  }

  return async () => {
    const seq = await desk.headSeq()
    if (seq !== seen.seq) seen = { seq, at: desk.milliseconds() }
    if (isBackupDue(seq)) {
      triedAt = desk.milliseconds()
      await backUp('auto').catch(() => undefined)
    }
    const isIdle = isOver(seen.at, idleMilliseconds)
    const checked = desk.state().check
    // At each start in short, in full after a crash.
    if (isFirst) await check(crashed)
    else if (isIdle && isOld(checked?.full === true ? checked.at : undefined)) await check(true)
    isFirst = false
    if (isIdle && desk.newest() !== null && isOld(desk.state().drill?.at)) await proofs.drill().catch(() => undefined)
  }
}
