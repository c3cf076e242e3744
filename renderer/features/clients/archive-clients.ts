import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { showToast } from '../../ui/toast.tsx'
import type { ClientStatus } from './client-values.ts'

type Row = { readonly id: string; readonly version: number; readonly name: string; readonly status: ClientStatus }

const words: Readonly<Record<ClientStatus, string>> = {
  active: 'active again',
  inactive: 'inactive',
  archived: 'archived',
}

type Moved = { readonly row: Row; readonly version: number }

const move = async (row: Row, version: number, status: ClientStatus): Promise<Moved> => {
  const done = await api.clients.setStatus({ id: row.id, version, status })
  return { row, version: done.version }
}

/** Gives clients another status, one by one, tells what did not work, and offers to take it all back. */
export const setClientStatus = async (rows: readonly Row[], status: ClientStatus): Promise<void> => {
  const results = await Promise.allSettled(rows.map((row) => move(row, row.version, status)))
  const moved = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  const failed = results.flatMap((result, index) =>
    result.status === 'rejected' ? [`${rows[index]?.name}: ${describeError(result.reason).message}`] : [],
  )
  if (moved.length > 0) {
    const [only] = moved
    const who = moved.length === 1 && only !== undefined ? only.row.name : `${moved.length} clients`
    showToast({
      message: `${who} ${moved.length === 1 ? 'is' : 'are'} ${words[status]}.`,
      undo: () => Promise.all(moved.map(({ row, version }) => move(row, version, row.status))),
    })
  }
  if (failed.length > 0) showToast({ message: `Not changed: ${failed.join(' ')}`, tone: 'problem' })
}
