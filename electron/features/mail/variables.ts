import type { Selectable } from 'kysely'
import { readJson } from '../../../db/json.ts'
import type { ClientTable } from '../../../db/tables/clients.ts'
import type { InvoiceTable } from '../../../db/tables/invoices.ts'
import type { OrganizationTable } from '../../../db/tables/organizations.ts'
import { type BankDetails, bankDetailsSchema } from '../../../shared/contract/organizations.ts'
import { sellerSchema } from '../../documents/snapshots.ts'
import type { MailVariables } from '../../mail/template.ts'
import { figuresFor } from '../../pdf/figures.ts'

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

/** What a message's template is filled with, worded as the paper words it: in the invoice's language and currency. */
export const variablesOf = (facts: {
  readonly invoice: Selectable<InvoiceTable>
  readonly client: Selectable<ClientTable> | undefined
  readonly contactName: string | null
  readonly organization: Selectable<OrganizationTable>
  readonly senderName: string | null
}): MailVariables => {
  const { invoice, client, organization } = facts
  const figures = figuresFor(invoice.language, invoice.currency, invoice.minorUnits)
  // The message must not name another bank account than the document that it brings.
  const seller = invoice.seller === null ? null : readJson(sellerSchema, invoice.seller)
  const business = seller ?? { ...organization, bankDetails: readJson(bankDetailsSchema, organization.bankDetails) }
  const businessName = business.tradeName ?? business.legalName
  return {
    'client.name': invoice.clientName || (client?.name ?? ''),
    'client.contactName': facts.contactName ?? '',
    'client.number': client?.code ?? '',
    'invoice.number': invoice.number ?? '',
    'invoice.issuedOn': figures.date(invoice.issuedOn),
    'invoice.dueOn': invoice.dueOn === null ? '' : figures.date(invoice.dueOn),
    'invoice.total': figures.money(invoice.totalE4),
    'invoice.paid': invoice.paidE4 === 0n ? '' : figures.money(invoice.paidE4),
    'invoice.balance': figures.money(invoice.issuedAt === null ? invoice.payableE4 : invoice.openE4),
    'invoice.reference': invoice.reference ?? '',
    'invoice.paymentLink': '',
    'business.name': businessName,
    'business.email': business.email ?? '',
    'business.phone': business.phone ?? '',
    'business.website': business.website ?? '',
    'business.bankDetails': bankLines(business.bankDetails),
    // A business that carries its owner's name would sign twice.
    'sender.name': facts.senderName === null || facts.senderName === businessName ? '' : facts.senderName,
  }
}
