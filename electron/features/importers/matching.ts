import { toJson } from '../../../db/json.ts'
import { clients } from '../../../shared/contract/clients.ts'
import { emailField, type TaxId } from '../../../shared/contract/fields.ts'
import type { EInvoiceAddress, EInvoiceParty } from '../../../shared/documents/einvoice.ts'
import type { DraftLine } from '../../importers/einvoice-draft.ts'
import type { CommandContext, Db, Trx } from '../../rpc/context.ts'
import { insertClient } from '../clients.ts'
import { sortNameOf } from '../sort-name.ts'

// XML allows control characters that our fields refuse.
const cut = (text: string | null | undefined, max: number): string | null =>
  text
    ?.replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, max) || null

const taxIdsOf = (party: EInvoiceParty): TaxId[] =>
  [
    { label: 'VAT', value: cut(party.vatId, 60) },
    ...party.taxIds.map((id) => ({ label: 'Tax number', value: cut(id.id, 60) })),
    { label: 'Registration', value: cut(party.legalId?.id, 60) },
  ].filter((id): id is TaxId => id.value !== null)

// A scheme that is no code of the registers would be refused by every receiver.
const schemeOf = (scheme: string | null | undefined): string | null =>
  scheme && /^[0-9A-Z]{2,4}$/.test(scheme) ? scheme : null

const addressOf = (address: EInvoiceAddress | null) => ({
  line1: cut(address?.line1, 200),
  line2: cut([address?.line2, address?.line3].filter(Boolean).join(', '), 200),
  city: cut(address?.city, 100),
  region: cut(address?.subdivision, 100),
  postalCode: cut(address?.postcode, 30),
  country: address?.country && /^[A-Z]{2}$/.test(address.country) ? address.country : null,
})

/** The client that a party of a file is: by VAT number, then by name; null if there is none. */
export const findClient = async (
  db: Db | Trx,
  organizationId: string,
  party: EInvoiceParty,
): Promise<string | null> => {
  const live = db
    .selectFrom('clients')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
  if (party.vatId !== null) {
    const byVat = await live
      .where('taxIds', 'like', `%${toJson(party.vatId).replace(/[\\%_]/g, '')}%`)
      .limit(1)
      .executeTakeFirst()
    if (byVat !== undefined) return byVat.id
  }
  const byName = await live
    .where('sortName', '=', sortNameOf(cut(party.name, 200) ?? ''))
    .limit(1)
    .executeTakeFirst()
  return byName?.id ?? null
}

/** Makes the client that a party of a file describes. */
export const makeClient = async (context: CommandContext, party: EInvoiceParty): Promise<string> => {
  const email = emailField.safeParse(party.contact?.email ?? '')
  const input = clients.create.input.parse({
    name: cut(party.name, 200) ?? 'Unnamed',
    email: email.success ? email.data : null,
    phone: cut(party.contact?.phone, 40),
    address: addressOf(party.address),
    taxIds: taxIdsOf(party).slice(0, 10),
    electronicAddress: cut(party.electronicAddress?.id, 100),
    electronicAddressScheme: schemeOf(party.electronicAddress?.scheme),
    legalId: cut(party.legalId?.id, 60),
    legalIdScheme: schemeOf(party.legalId?.scheme),
  })
  const { id } = await insertClient(context, input)
  return id
}

/** The item that a line sells: by the seller's code, then by name; null if there is none. */
export const findItem = async (db: Db | Trx, organizationId: string, line: DraftLine): Promise<string | null> => {
  const live = db
    .selectFrom('items')
    .select('id')
    .where('organizationId', '=', organizationId)
    .where('deletedAt', 'is', null)
  const code = cut(line.sellerItemId, 50)
  if (code !== null) {
    const byCode = await live.where('code', '=', code).limit(1).executeTakeFirst()
    if (byCode !== undefined) return byCode.id
  }
  const byName = await live
    .where('sortName', '=', sortNameOf(cut(line.name, 200) ?? ''))
    .limit(1)
    .executeTakeFirst()
  return byName?.id ?? null
}

/** Makes the item that a line describes. */
export const makeItem = async (
  context: CommandContext,
  line: DraftLine,
  unit: string,
  taxRateId: string | null,
): Promise<string> => {
  const row = context.newRow()
  const name = cut(line.name, 200) ?? 'Unnamed'
  await context.trx
    .insertInto('items')
    .values({
      ...row,
      kind: 'product',
      code: cut(line.sellerItemId, 50),
      name,
      sortName: sortNameOf(name),
      description: line.description?.slice(0, 4000) ?? null,
      unit,
      priceE6: line.priceE6,
      taxRateId,
    })
    .execute()
  return row.id
}
