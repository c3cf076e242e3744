import { committedColumns } from '../../db/record/personal-columns.ts'
import type { Db } from '../rpc/handles.ts'
import { capturedTables } from './captured-tables.ts'
import type { MadeCheckpoint, StateAt } from './retention/checkpoint.ts'
import { stateAt } from './retention/state-at.ts'
import type { Findings } from './verification.ts'

const counted = {
  commands: 'commands that stayed',
  documents: 'issued documents',
  erased: 'rows of erasures',
} as const

type Table = StateAt['tables'][number]

const differenceOf = (then: Table, now: Table): string | null => {
  if (then.rows !== now.rows) {
    return `${then.table} had ${then.rows} rows when the record was cut, ${now.rows} of them are told of now: some were put in or removed.`
  }
  return then.hash === now.hash
    ? null
    : `A row of ${then.table} from before the record was cut is not what it was then.`
}

/**
 * Compares what is there from before the cut with what the checkpoint says of it; returns how many rows these are. What is
 * personal is left out: it may have been erased since.
 */
export const verifyCheckpoint = async (db: Db, checkpoint: MadeCheckpoint, findings: Findings): Promise<number> => {
  const { cut, state, deviceId, seq } = checkpoint
  const say = (text: string) => findings.add({ kind: 'checkpoint', deviceId, seq, commandSeq: null, text })
  const columns = await capturedTables(db)
  // What is personal since then may have been erased since, and is not compared.
  const isThere = ({ table, columns: then }: Table) =>
    then.every(
      (column) => columns.get(table)?.includes(column) === true && committedColumns.get(table)?.has(column) !== true,
    )
  const compared = state.tables.filter(isThere)
  for (const { table } of state.tables.filter((it) => !isThere(it))) {
    findings.note(`${table} has other columns than when the record was cut: its older rows are not compared.`)
  }
  const later = [...columns.keys()]
    .filter((table) => !state.tables.some((it) => it.table === table))
    .map((table) => ({ table, columns: ['id'], rows: 0, hash: '' }))
  const now = await stateAt(db, cut.command, [...compared, ...later], { before: false })
  let rows = 0
  for (const [index, then] of [...compared, ...later].entries()) {
    const found = now.tables[index]
    if (found === undefined) continue
    rows += found.rows
    const text = differenceOf(then.hash === '' ? { ...then, hash: found.hash } : then, found)
    if (text !== null) say(text)
  }
  for (const [name, words] of Object.entries(counted)) {
    // The keys of `counted` are those of the state.
    const part = name as keyof typeof counted
    if (now[part].count !== state[part].count || now[part].hash !== state[part].hash) {
      say(`The ${words} from before the record was cut are not those of then.`)
    }
  }
  return rows
}
