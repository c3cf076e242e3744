import { useRef } from 'react'
import type { AsideReason, BankProposal } from '../../../shared/contract/bank-transactions.ts'
import type { Amount, ExchangeRate } from '../../../shared/money/scaled.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { type ApiInput, useCommand } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'

export type MatchTarget = {
  readonly id: string
  readonly version: number
  readonly amountE4: Amount
  readonly currency: string
}

export type Match = {
  readonly clientId: string
  readonly clientName: string
  readonly allocations: readonly { readonly invoiceId: string; readonly amountE4: Amount }[]
  readonly exchangeRateE10?: ExchangeRate | null
}

/** A proposal as what is accepted. */
export const matchOf = ({ clientId, clientName, allocations }: BankProposal): Match => ({
  clientId,
  clientName,
  allocations: allocations.map(({ invoiceId, amountE4 }) => ({ invoiceId, amountE4 })),
})

type SplitInput = ApiInput<'bankTransactions', 'split'>

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

/** What can be done with bank lines, each with its way back. */
export const useBankActs = () => {
  const formats = useFormats()
  const accept = useCommand('bankTransactions', 'accept')
  const split = useCommand('bankTransactions', 'split')
  const running = useRef(new Set<string>())

  /** Records the payment; true if it was recorded. */
  const acceptLine = async (line: MatchTarget, match: Match): Promise<boolean> => {
    // A key that is held down accepts once.
    if (running.current.has(line.id)) return false
    running.current.add(line.id)
    try {
      const made = await accept.mutateAsync({
        id: line.id,
        version: line.version,
        clientId: match.clientId,
        allocations: [...match.allocations],
        exchangeRateE10: match.exchangeRateE10 ?? null,
      })
      showToast({
        message: `${formats.amount(line.amountE4, line.currency)} of ${match.clientName} is payment ${made.paymentNumber}.`,
        undo: () => api.bankTransactions.undo({ id: made.id, version: made.version }),
      })
      return true
    } catch (thrown) {
      tell(thrown)
      return false
    } finally {
      running.current.delete(line.id)
    }
  }

  /** Records a payment of each part; true if they were recorded. */
  const splitLine = async (line: MatchTarget, parts: SplitInput['parts']): Promise<boolean> => {
    if (running.current.has(line.id)) return false
    running.current.add(line.id)
    try {
      const made = await split.mutateAsync({ id: line.id, version: line.version, parts })
      showToast({
        message: `${formats.amount(line.amountE4, line.currency)} is ${made.payments.length} payments.`,
        undo: () => api.bankTransactions.undo({ id: made.id, version: made.version }),
      })
      return true
    } catch (thrown) {
      tell(thrown)
      return false
    } finally {
      running.current.delete(line.id)
    }
  }

  const ignoreLines = async (ids: readonly string[], reason: AsideReason | null = null): Promise<boolean> => {
    try {
      const { changed } = await api.bankTransactions.ignore({ ids: [...ids], reason })
      showToast({
        message: changed === 1 ? 'The line is set aside.' : `${changed} lines are set aside.`,
        undo: () => api.bankTransactions.unignore({ ids: [...ids] }),
      })
      return true
    } catch (thrown) {
      tell(thrown)
      return false
    }
  }

  const bringBack = async (ids: readonly string[]) => {
    try {
      await api.bankTransactions.unignore({ ids: [...ids] })
      showToast({
        message: ids.length === 1 ? 'The line waits again.' : `${ids.length} lines wait again.`,
        undo: () => api.bankTransactions.ignore({ ids: [...ids] }),
      })
    } catch (thrown) {
      tell(thrown)
    }
  }

  const undoMatch = async (line: {
    readonly id: string
    readonly version: number
    readonly paymentNumber: string | null
    readonly paymentCount: number
  }) => {
    try {
      await api.bankTransactions.undo({ id: line.id, version: line.version })
      showToast({
        message:
          line.paymentCount > 1
            ? `${line.paymentCount} payments are cancelled, the line waits again.`
            : `Payment ${line.paymentNumber ?? ''} is cancelled, the line waits again.`,
      })
    } catch (thrown) {
      tell(thrown)
    }
  }

  return { acceptLine, splitLine, ignoreLines, bringBack, undoMatch, isAccepting: accept.isPending || split.isPending }
}

export type BankActs = ReturnType<typeof useBankActs>
