import type { ImportPlan } from '../../../shared/contract/data-imports.ts'
import { AppError } from '../../../shared/errors.ts'
import { fieldsOf } from '../../importers/tables/fields.ts'
import type { Chunk } from '../../importers/tables/read.ts'
import type { RecordOf } from '../../importers/tables/records.ts'
import { createClientImport } from './clients.ts'
import { createInvoiceImport } from './invoices.ts'
import { createItemImport } from './items.ts'
import { createPaymentImport } from './payments.ts'
import type { Work } from './work.ts'
import { type Importer, restingBreath } from './work.ts'

// A person or a company stands for the name of a client, and so does an amount for a price.
const standIns: Readonly<Record<string, readonly string[]>> = { 'clients.name': ['company', 'firstName', 'lastName'] }

/** Refuses a mapping that leaves out what each record needs, or fills a field twice; AppError VALIDATION at `columns`. */
export const assertMapped = ({ entity, columns }: ImportPlan): void => {
  const fields = fieldsOf(entity)
  const refuse = (message: string): never => {
    throw new AppError('VALIDATION', message, { fields: { columns: message } })
  }
  const chosen = columns.filter((field) => field !== null)
  for (const key of chosen) {
    const field = fields.find((it) => it.key === key)
    if (field === undefined) refuse(`"${key}" is no field of ${entity}.`)
    else if (chosen.filter((it) => it === key).length > 1)
      refuse(`Two columns are chosen for "${field.label}". Choose one.`)
  }
  for (const field of fields) {
    const instead = standIns[`${entity}.${field.key}`] ?? []
    if (!field.required || chosen.includes(field.key) || instead.some((key) => chosen.includes(key))) continue
    refuse(`Say which column holds "${field.label}": without it no row can come in.`)
  }
}

const importers: {
  readonly [E in keyof RecordOf]: (work: Work) => Promise<Importer<RecordOf[E]>>
} = {
  clients: createClientImport,
  items: createItemImport,
  invoices: createInvoiceImport,
  payments: createPaymentImport,
}

// Documents and payments take a while each: few at a time, so that progress is seen and a stop is heard.
const sliceOf: Readonly<Record<keyof RecordOf, number>> = { clients: 400, items: 400, invoices: 4, payments: 4 }

/** Takes every record of a file through the import of its kind; writes only where the work has a command. */
export const takeAll = async (work: Work, chunks: AsyncIterable<Chunk>): Promise<void> => {
  // The records are of the kind that was asked for: the reader reads no other.
  const importer = (await importers[work.plan.entity](work)) as Importer<Chunk['records'][number]>
  const rest = restingBreath()
  for await (const chunk of chunks) {
    work.tally.chunk(chunk)
    work.progress.read(chunk.rowsRead, chunk.rowCount, chunk.recordCount)
    // What cannot come in is done with, too, where rows are what is counted.
    work.progress.step(chunk.recordCount === null ? chunk.refused + chunk.leftOut : 0)
    const size = sliceOf[work.plan.entity]
    for (let from = 0; from < chunk.records.length; from += size) {
      const slice = chunk.records.slice(from, from + size)
      await importer.take(slice)
      await rest()
      work.progress.step(slice.length)
    }
    await rest()
  }
  await importer.finish()
  work.progress.step(0)
}
