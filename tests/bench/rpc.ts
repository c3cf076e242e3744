import { createRouter } from '../../electron/rpc/router.ts'
import { contract } from '../../shared/contract/index.ts'
import type { InvoiceRow } from '../../shared/contract/invoices.ts'
import { amount } from '../../shared/money/scaled.ts'
import { compare, type Measure } from './compare.ts'
import { openPorts } from './ports.ts'

const row = (at: number): InvoiceRow => ({
  id: `019a0000-0002-7000-8000-${String(at).padStart(12, '0')}`,
  version: 1,
  branchId: null,
  number: `INV-2026-${at}`,
  clientId: `019a0000-0001-7000-8000-${String(at).padStart(12, '0')}`,
  clientName: `Amber Willow ${at}`,
  reference: `PO ${at}`,
  issuedOn: '2026-11-21',
  dueOn: '2026-12-21',
  currency: 'GBP',
  payableE4: amount(1_200_000n + BigInt(at)),
  openE4: amount(1_200_000n),
  paidE4: amount(0n),
  paymentState: 'unpaid',
  overdueDays: 0,
  sentAt: null,
})

/** Measure 6: a round trip of 50 rows, typed and validated, against a bare message port with the same object. */
export const measureRpc = async (): Promise<Measure[]> => {
  const page = { rows: Array.from({ length: 50 }, (_, at) => row(at)), nextCursor: null }
  const { input, output } = contract.invoices.list
  const router = createRouter(async (_name, envelope) => {
    input.parse(envelope.input)
    return output.parse(page)
  })
  const ports = await openPorts(router)
  const envelope = { organizationId: row(1).id, idempotencyKey: null, input: {} }
  const measures = [
    await compare({
      name: '6 RPC of 50 rows, typed and validated / bare message port echo',
      target: 1.8,
      repeat: 50,
      warmUp: 300,
      ours: () => ports.rpc('invoices', 'list', envelope),
      theirs: () => ports.echo(page),
    }),
  ]
  await ports.close()
  return measures
}
