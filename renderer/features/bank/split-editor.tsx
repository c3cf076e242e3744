import { Button } from '@mantine/core'
import { useCallback, useRef, useState } from 'react'
import type { BankTransaction } from '../../../shared/contract/bank-transactions.ts'
import { subtract, sum } from '../../../shared/money/arithmetic.ts'
import { type Amount as AmountValue, zero } from '../../../shared/money/scaled.ts'
import { useOrganization } from '../../app/organization.ts'
import { Amount } from '../../ui/amount.tsx'
import classes from './bank.module.css'
import { emptyPart, type Part, SplitPart } from './split-part.tsx'
import type { BankActs } from './use-match.ts'

const useParts = (first: Part | null) => {
  const [parts, setParts] = useState<readonly Part[]>(() => [first ?? emptyPart(0), emptyPart(1)])
  const next = useRef(2)
  const changers = useRef(new Map<number, (change: Partial<Part>) => void>())
  // One function for each part, the same at every draw: the parts watch it.
  const changerOf = useCallback((key: number) => {
    const known = changers.current.get(key)
    if (known !== undefined) return known
    const change = (it: Partial<Part>) =>
      setParts((old) => old.map((part) => (part.key === key ? { ...part, ...it } : part)))
    changers.current.set(key, change)
    return change
  }, [])
  const add = (amountE4: AmountValue | null) => {
    const key = next.current
    next.current += 1
    setParts((old) => [...old, emptyPart(key, amountE4)])
  }
  return { parts, changerOf, add, remove: (key: number) => setParts((old) => old.filter((it) => it.key !== key)) }
}

type Props = {
  readonly line: BankTransaction
  readonly acts: BankActs
  /** What was said before of one client. */
  readonly first: Part | null
  readonly onBack: () => void
  readonly onDone: () => void
}

/** One bank line for several clients: who paid which part of it; all of it has to be somebody's. */
export const SplitEditor = ({ line, acts, first, onBack, onDone }: Props) => {
  const base = useOrganization()?.currency
  const { parts, changerOf, add, remove } = useParts(first)
  const left = subtract(line.openE4, sum(parts.map((part) => part.amountE4 ?? zero)))
  const isSound = left === zero && parts.length > 1 && parts.every((part) => part.isSound)
  const accept = async () => {
    if (!isSound) return
    const split = parts.flatMap(({ client, amountE4, allocation, rateE10 }) =>
      client === null || amountE4 === null
        ? []
        : [
            {
              clientId: client.id,
              amountE4,
              allocations: [...allocation].map(([invoiceId, part]) => ({ invoiceId, amountE4: part })),
              exchangeRateE10: rateE10,
            },
          ],
    )
    if (await acts.splitLine(line, split)) onDone()
  }
  return (
    <section aria-label="Split" className={classes['match']}>
      <h3 className={classes['part-title']}>Several clients paid this</h3>
      {parts.map((part, index) => (
        <SplitPart
          key={part.key}
          part={part}
          place={index + 1}
          currency={line.currency}
          base={base}
          onChange={changerOf(part.key)}
          onRemove={parts.length > 2 ? () => remove(part.key) : null}
        />
      ))}
      <p role="status" className={left === zero ? classes['quiet'] : classes['wrong']}>
        {left === zero ? (
          'All of the line is somebody’s.'
        ) : (
          <>
            <Amount value={left} currency={line.currency} strong /> {left > zero ? 'is nobody’s yet' : 'too much'}
          </>
        )}
      </p>
      <div className={classes['acts']}>
        <Button disabled={!isSound} loading={acts.isAccepting} onClick={() => void accept()}>
          Record {parts.length} payments
        </Button>
        <Button variant="default" onClick={() => add(left > zero ? left : null)}>
          Another client
        </Button>
        <Button variant="subtle" onClick={onBack}>
          One client after all
        </Button>
      </div>
    </section>
  )
}
