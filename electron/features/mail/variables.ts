import type { Selectable } from 'kysely'
import { readJson } from '../../../db/json.ts'
import type { ClientTable } from '../../../db/tables/clients.ts'
import type { OrganizationTable } from '../../../db/tables/organizations.ts'
import { type BankDetails, bankDetailsSchema } from '../../../shared/contract/organizations.ts'
import { sellerSchema } from '../../documents/snapshots.ts'
import type { SharedHead } from '../../documents/tables.ts'
import type { TemplateValues } from '../../mail/template.ts'

const bankLines = (bank: BankDetails): string =>
  [
    bank.accountName,
    bank.bankName,
    bank.iban === null ? null : `IBAN ${bank.iban}`,
    bank.bic === null ? null : `BIC ${bank.bic}`,
    [bank.sortCode, bank.accountNumber].filter((part) => part !== null).join(' ') || null,
  ]
    .filter((line) => line !== null)
    .join('\n')

/** What every message's template is filled with, whatever document it brings. */
export const variablesOf = (facts: {
  readonly head: SharedHead
  readonly client: Selectable<ClientTable> | undefined
  readonly contactName: string | null
  readonly organization: Selectable<OrganizationTable>
  readonly senderName: string | null
}): TemplateValues => {
  const { head, client, organization } = facts
  // The message must not name another bank account than the document that it brings.
  const seller = head.seller === null ? null : readJson(sellerSchema, head.seller)
  const business = seller ?? { ...organization, bankDetails: readJson(bankDetailsSchema, organization.bankDetails) }
  const businessName = business.tradeName ?? business.legalName
  return {
    'client.name': head.clientName || (client?.name ?? ''),
    'client.contactName': facts.contactName ?? '',
    'client.number': client?.code ?? '',
    'business.name': businessName,
    'business.email': business.email ?? '',
    'business.phone': business.phone ?? '',
    'business.website': business.website ?? '',
    'business.bankDetails': bankLines(business.bankDetails),
    // A business that carries its owner's name would sign twice.
    'sender.name': facts.senderName === null || facts.senderName === businessName ? '' : facts.senderName,
  }
}
