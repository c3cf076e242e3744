import type { Statement } from '../../../shared/contract/statements.ts'
import { add } from '../../../shared/money/arithmetic.ts'
import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { type Amount, zero } from '../../../shared/money/scaled.ts'
import type { Db } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { agedReceivables } from './aged.ts'
import { type LedgerEntry, ledgerEntries } from './entries.ts'

const noAgeing = {
  notDueE4: zero,
  to30E4: zero,
  to60E4: zero,
  to90E4: zero,
  over90E4: zero,
  openE4: zero,
  creditE4: zero,
  balanceE4: zero,
}

const statementOf = (currency: string, entries: readonly LedgerEntry[], from: string): Omit<Statement, 'ageing'> => {
  let balance: Amount = zero
  let openingE4: Amount = zero
  const rows: Statement['rows'] = []
  for (const { currency: _currency, ...entry } of entries) {
    balance = add(balance, entry.amountE4)
    if (entry.on < from) openingE4 = balance
    else rows.push({ ...entry, balanceE4: balance })
  }
  return { currency, minorUnits: minorUnitsOf(currency), openingE4, rows, closingE4: balance }
}

/** The statements of a client over a period, one for each currency that it ever had. */
export const statementsOf = async (
  db: Db,
  organizationId: string,
  { clientId, from, to, currency }: { clientId: string; from: string; to: string; currency: string | null },
): Promise<{ clientName: string; statements: Statement[] }> => {
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = await getRow(db, 'clients', organizationId, clientId, 'client')
  const entries = await ledgerEntries(db, organizationId, clientId, to)
  const { totals } = await agedReceivables(db, {
    organizationId,
    baseCurrency: organization.currency,
    roundingMode: organization.roundingMode,
    on: to,
    basis: 'due',
    currency,
    clientId,
  })
  const currencies = [...new Set(entries.map((entry) => entry.currency))].sort()
  const wanted = currency === null ? currencies : [currency]
  return {
    clientName: client.name,
    statements: wanted.map((one) => {
      const {
        currency: _currency,
        invoiceCount: _count,
        ...ageing
      } = totals.find((it) => it.currency === one) ?? {
        ...noAgeing,
        currency: one,
        invoiceCount: 0,
      }
      const own = entries.filter((entry) => entry.currency === one)
      return { ...statementOf(one, own, from), ageing }
    }),
  }
}
