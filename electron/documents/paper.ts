import { z } from 'zod'
import { fromJson, readJson } from '../../db/json.ts'
import type { TemplateKind } from '../../shared/contract/document-templates.ts'
import { defaultDesign, type TemplateDesign, templateDesignSchema } from '../../shared/documents/template-design.ts'
import type { DocumentWording } from '../../shared/tax/regimes/regime.ts'
import type { Db, Trx } from '../rpc/context.ts'
import type { Seller } from './snapshots.ts'

/** The account that a document names, kept with it when it is issued. */
export const paidToSchema = z.object({
  holder: z.string(),
  bankName: z.string().nullable(),
  iban: z.string().nullable(),
  qrIban: z.string().nullable(),
  bic: z.string().nullable(),
  accountNumber: z.string().nullable(),
  sortCode: z.string().nullable(),
  upiId: z.string().nullable(),
  linkTemplate: z.string().nullable(),
})
export type PaidTo = z.output<typeof paidToSchema>

const wordingSchema = z.object({
  title: z.enum(['tax-invoice', 'bill-of-supply']).nullable(),
  reverseCharge: z.boolean().nullable(),
  texts: z.array(z.string()),
})

/** What a paper looks like, where it asks to pay to, and what tax law wants said on it; null for one of before. */
export const paperSchema = z.object({
  design: templateDesignSchema,
  paidTo: paidToSchema.nullable(),
  wording: wordingSchema.nullable().default(null),
})
export type Paper = Omit<z.output<typeof paperSchema>, 'wording'> & { readonly wording: DocumentWording | null }

const defaultColumns = {
  invoice: 'isInvoiceDefault',
  quote: 'isQuoteDefault',
  'credit-note': 'isCreditNoteDefault',
  statement: 'isStatementDefault',
} as const satisfies Readonly<Record<TemplateKind, string>>

type Choice = { readonly organizationId: string; readonly kind: TemplateKind; readonly ids: readonly (string | null)[] }

/** The design of the first of these templates that still is there, else of the kind's default, else the plain one. */
export const designFor = async (db: Db | Trx, { organizationId, kind, ids }: Choice): Promise<TemplateDesign> => {
  const templates = db
    .selectFrom('documentTemplates')
    .select('design')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
  for (const id of ids) {
    if (id === null) continue
    const found = await templates.where('id', '=', id).executeTakeFirst()
    if (found !== undefined) return readJson(templateDesignSchema, found.design)
  }
  const chosen = await templates.where(defaultColumns[kind], '=', 1).executeTakeFirst()
  return chosen === undefined ? defaultDesign : readJson(templateDesignSchema, chosen.design)
}

/** The bank details of the business as an account; null where it gave none. */
export const businessAccount = ({ bankDetails, tradeName, legalName }: Seller): PaidTo | null => {
  const { accountName, bankName, iban, bic, accountNumber, sortCode } = bankDetails
  const details = { bankName, iban, bic, accountNumber, sortCode }
  if (Object.values(details).every((value) => value === null)) return null
  return { ...details, holder: accountName ?? tradeName ?? legalName, qrIban: null, upiId: null, linkTemplate: null }
}

/** The account for a currency: its own default, one for any currency, else the bank details of the business. */
export const paidToFor = async (
  db: Db | Trx,
  organizationId: string,
  currency: string,
  seller: Seller,
): Promise<PaidTo | null> => {
  const rows = await db
    .selectFrom('paymentAccounts')
    .selectAll()
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
    .where((row) => row.or([row('currency', '=', currency), row('currency', 'is', null)]))
    .orderBy('isDefault', 'desc')
    .orderBy('position')
    .orderBy('id')
    .execute()
  const chosen = rows.find((row) => row.currency === currency) ?? rows[0]
  return chosen === undefined ? businessAccount(seller) : paidToSchema.parse(chosen)
}

/** The seller with the bank details of the account that the document names, for all that read only those. */
export const withAccount = (seller: Seller, paidTo: PaidTo | null): Seller => {
  if (paidTo === null) return seller
  const { holder, bankName, iban, qrIban, bic, accountNumber, sortCode } = paidTo
  return {
    ...seller,
    bankDetails: { accountName: holder, bankName, iban: iban ?? qrIban, bic, accountNumber, sortCode },
  }
}

const extraSchema = z.looseObject({ paper: paperSchema.optional() })

/** The paper that an issued document was kept with; null for one of before templates. */
export const keptPaper = (extra: string): Paper | null => readJson(extraSchema, extra).paper ?? null

/** The extra facts of a document with its paper among them. */
export const withPaper = (extra: string, paper: Paper): Readonly<Record<string, unknown>> => ({
  ...z.looseObject({}).parse(fromJson(extra)),
  paper,
})
