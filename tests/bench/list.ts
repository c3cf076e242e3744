import { join } from 'node:path'
import { openConnection } from '../../db/open.ts'
import { contract } from '../../shared/contract/index.ts'
import { compare, type Measure } from './compare.ts'
import { openBenchCore } from './core.ts'
import { generate } from './generate.ts'
import { openPorts } from './ports.ts'

export const benchSize = { clients: 20_000, invoices: 200_000, linesEach: 5 }

/** Measure 3: a page of 50 at 200,000 invoices through RPC, against the raw statement and a bare port with the same rows. */
export const measureList = async (): Promise<Measure[]> => {
  const { directory, organizationId } = await generate(benchSize)
  const core = await openBenchCore(directory)
  const ports = await openPorts(core.router)
  const database = openConnection(join(directory, 'counterfoil.db'), { readonly: true })
  database.defaultSafeIntegers(true)
  const columns =
    'id, version, number, client_id, client_name, reference, issued_on, due_on, currency, payable_e4, open_e4, paid_e4, issued_at, voided_at, sent_at'
  const plain = database.prepare(
    `SELECT ${columns} FROM invoices WHERE organization_id = ? AND deleted_at IS NULL ORDER BY issued_on DESC, id DESC LIMIT 51`,
  )
  const open = database.prepare(
    `SELECT ${columns} FROM invoices WHERE organization_id = ? AND deleted_at IS NULL AND state = 'open' ORDER BY issued_on DESC, id DESC LIMIT 51`,
  )
  const envelope = (input: object) => ({
    organizationId,
    idempotencyKey: null,
    input: contract.invoices.list.input.parse(input),
  })
  const measures = [
    await compare({
      name: '3 list page of 50 at 200,000 invoices through RPC / raw statement + bare port echo',
      target: 1.8,
      warmUp: 800,
      ours: () => ports.rpc('invoices', 'list', envelope({})),
      theirs: () => ports.echo(plain.all(organizationId)),
    }),
    await compare({
      name: '3 the same, filtered to open ones',
      target: 1.8,
      warmUp: 800,
      ours: () => ports.rpc('invoices', 'list', envelope({ filter: 'open' })),
      theirs: () => ports.echo(open.all(organizationId)),
    }),
  ]
  database.close()
  await ports.close()
  await core.close()
  return measures
}
