import type { Selectable } from 'kysely'
import { readJson, toJson } from '../../db/json.ts'
import type { DocumentTemplateTable } from '../../db/tables/document-templates.ts'
import type { DocumentTemplate, TemplateKind } from '../../shared/contract/document-templates.ts'
import { templateKinds } from '../../shared/contract/document-templates.ts'
import { templateDesignSchema } from '../../shared/documents/template-design.ts'
import type { CommandContext, Handlers } from '../rpc/context.ts'
import { getRow, restoreRow, updateRow } from '../rpc/rows.ts'
import { samplePdf } from './document-templates/sample.ts'

const columns = {
  invoice: 'isInvoiceDefault',
  quote: 'isQuoteDefault',
  'credit-note': 'isCreditNoteDefault',
  statement: 'isStatementDefault',
} as const satisfies Readonly<Record<TemplateKind, keyof DocumentTemplateTable>>

type Row = Selectable<DocumentTemplateTable>

const kindsOf = (row: Row): TemplateKind[] => templateKinds.filter((kind) => row[columns[kind]] === 1)

const toTemplate = (row: Row): DocumentTemplate => ({
  id: row.id,
  version: row.version,
  name: row.name,
  design: readJson(templateDesignSchema, row.design),
  defaultFor: kindsOf(row),
})

const flags = (kinds: readonly TemplateKind[]) => ({
  isInvoiceDefault: kinds.includes('invoice') ? 1 : 0,
  isQuoteDefault: kinds.includes('quote') ? 1 : 0,
  isCreditNoteDefault: kinds.includes('credit-note') ? 1 : 0,
  isStatementDefault: kinds.includes('statement') ? 1 : 0,
})

const live = ({ trx, organizationId }: CommandContext) =>
  trx
    .selectFrom('documentTemplates')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)

/** Takes these kinds from the templates that have them now. */
const free = async (context: CommandContext, kinds: readonly TemplateKind[], except: string | null) => {
  for (const row of await live(context).execute()) {
    const kept = kindsOf(row).filter((kind) => !kinds.includes(kind))
    if (row.id === except || kept.length === kindsOf(row).length) continue
    await updateRow(context, 'documentTemplates', { id: row.id, version: row.version }, flags(kept))
  }
}

/** How documents look: own templates, made from one of the four finished ones. */
export const documentTemplates: Handlers<'documentTemplates'> = {
  list: async ({ db, organizationId }) => {
    const rows = await db
      .selectFrom('documentTemplates')
      .selectAll()
      .where('organizationId', '=', organizationId)
      .where('deletedAt', 'is', null)
      .orderBy('position')
      .orderBy('id')
      .execute()
    return rows.map(toTemplate)
  },

  create: async (context, { name, design, defaultFor }) => {
    await free(context, defaultFor, null)
    const others = await live(context).execute()
    const row = context.newRow()
    const position = Math.max(-1, ...others.map((other) => other.position)) + 1
    await context.trx
      .insertInto('documentTemplates')
      .values({ ...row, name, design: toJson(design), position, ...flags(defaultFor) })
      .execute()
    return { id: row.id, version: 1 }
  },

  update: async (context, { id, version, name, design }) => {
    await getRow(context.trx, 'documentTemplates', context.organizationId, id, 'template')
    return await updateRow(
      context,
      'documentTemplates',
      { id, version },
      { ...(name === undefined ? {} : { name }), ...(design === undefined ? {} : { design: toJson(design) }) },
    )
  },

  setDefaults: async (context, { id, version, kinds }) => {
    await getRow(context.trx, 'documentTemplates', context.organizationId, id, 'template')
    await free(context, kinds, id)
    return await updateRow(context, 'documentTemplates', { id, version }, flags(kinds))
  },

  delete: async (context, { id, version }) => {
    await getRow(context.trx, 'documentTemplates', context.organizationId, id, 'template')
    return await updateRow(context, 'documentTemplates', { id, version }, { deletedAt: context.now, ...flags([]) })
  },

  restore: (context, { id }) => restoreRow(context, 'documentTemplates', id),

  preview: async ({ db, engines, organizationId, signal }, input) => ({
    pdf: await samplePdf({ db, engines, organizationId, signal }, input),
  }),
}
