import { Button } from '@mantine/core'
import { IconChecks } from '@tabler/icons-react'
import { useState } from 'react'
import type { BankTransactionRow } from '../../../shared/contract/bank-transactions.ts'
import { api } from '../../api.ts'
import { useActions } from '../../app/actions.ts'
import { describeError } from '../../app/errors.ts'
import type { ApiOutput } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { showToast } from '../../ui/toast.tsx'

const least = 80
const sureOf = (rows: readonly BankTransactionRow[]) => rows.filter((row) => (row.proposal?.score ?? 0) >= least).length

const undoAll = async (accepted: readonly { readonly id: string; readonly version: number }[]) => {
  for (const { id, version } of accepted) await api.bankTransactions.undo({ id, version })
}

const acceptEverything = async (accountId: string | null) => {
  const accepted: { id: string; version: number }[] = []
  for (let cursor: string | null = null; ; ) {
    const answer: ApiOutput<'bankTransactions', 'acceptAll'> = await api.bankTransactions.acceptAll({
      accountId,
      leastScore: least,
      cursor,
    })
    accepted.push(...answer.accepted)
    if (answer.nextCursor === null) return accepted
    cursor = answer.nextCursor
  }
}

type Props = { readonly rows: readonly BankTransactionRow[]; readonly accountId: string | null }

/** Accepts everything that is sure, after one question. */
export const AcceptAll = ({ rows, accountId }: Props) => {
  const [busy, setBusy] = useState(false)
  const sure = sureOf(rows)
  const run = async () => {
    const yes = await confirmAct({
      title: 'Accept what is sure',
      body: 'Every line whose proposal is sure (a score of 80 and above) becomes a payment of its client.',
      verb: 'Accept all that is sure',
    })
    if (!yes) return
    setBusy(true)
    try {
      const accepted = await acceptEverything(accountId)
      const words =
        accepted.length === 1 ? '1 line has become a payment.' : `${accepted.length} lines have become payments.`
      showToast(
        accepted.length === 0
          ? { message: 'Nothing was sure enough.' }
          : { message: words, undo: () => undoAll(accepted) },
      )
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
    setBusy(false)
  }
  useActions(
    sure === 0
      ? []
      : [
          {
            id: 'bank.accept-all',
            title: 'Accept everything that is sure',
            group: 'This page',
            shortcut: 'mod+shift+a',
            keywords: 'match all bank payments',
            calls: 'bankTransactions.acceptAll',
            run,
          },
        ],
  )
  if (sure === 0) return null
  return (
    <Button variant="default" loading={busy} leftSection={<IconChecks size={15} />} onClick={() => void run()}>
      Accept all that is sure
    </Button>
  )
}
