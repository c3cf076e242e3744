import { dateField } from '../../../shared/contract/fields.ts'
import type { InvoiceContent } from '../../../shared/contract/invoices.ts'
import { calculateDocument } from '../../../shared/documents/calculate.ts'
import { documentInputOf } from '../../../shared/documents/from-content.ts'
import { dueDateOf } from '../../../shared/documents/terms.ts'
import { AppError } from '../../../shared/errors.ts'
import type { DocumentSpec } from '../../documents/kind.ts'
import { tooFine } from '../minor-units.ts'
import { contentOf } from './content.ts'

// The date that terms lead to; a date that a person set wins.
const dueOnOf = ({ dueOn, issuedOn, paymentTermsDays }: InvoiceContent) => {
  if (dueOn !== null || paymentTermsDays === null) return dueOn
  const due = dueDateOf(issuedOn, { kind: 'days', days: paymentTermsDays })
  if (dateField.safeParse(due).success) return due
  const message = `These terms lead to ${due}, which is too late to be a date of business.`
  throw new AppError('VALIDATION', message, { fields: { paymentTermsDays: message } })
}

/** Invoices as a kind of document. */
export const invoiceDocument: DocumentSpec<'invoice', InvoiceContent> = {
  kind: 'invoice',
  contentOf,
  headColumns: (content) => ({
    dueOn: dueOnOf(content),
    paymentTermsDays: content.paymentTermsDays,
    prepaidE4: content.prepaidE4,
  }),
  newColumns: { settledOn: null, correctsId: null },
  lineColumns: () => ({}),
  calculate: (content, rounding) => calculateDocument(documentInputOf(content, rounding)),
  problemsOf: ({ dueOn, issuedOn, prepaidE4, currency }) => {
    const prepaid = tooFine(prepaidE4, currency)
    return {
      ...(dueOn !== null && dueOn < issuedOn ? { dueOn: 'The due date is before the invoice date.' } : {}),
      ...(prepaid === null ? {} : { prepaidE4: prepaid }),
    }
  },
  print: (_db, base, { dueOn }) => Promise.resolve({ ...base, dueOn }),
}
