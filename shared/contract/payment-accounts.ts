import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { bicProblem, ibanProblem, isQrIban } from '../documents/bank-ids.ts'
import { linkTemplateProblem, upiIdProblem } from '../documents/payment-qr.ts'
import { currencyField, emptyInput, idField, optionalTextField, rowOutput, textField, versionField } from './fields.ts'
import { command, query } from './procedure.ts'

const checked = (max: number, problemOf: (text: string) => string | null) =>
  optionalTextField(max).superRefine((text, context) => {
    const problem = text === null ? null : problemOf(text)
    if (problem !== null) context.addIssue({ code: 'custom', message: problem })
  })

const qrIbanProblem = (text: string): string | null =>
  ibanProblem(text) ??
  (isQrIban(text) ? null : 'A QR-IBAN is of Switzerland or Liechtenstein, with a bank number from 30000 to 31999.')

const accountFields = z.object({
  /** How it is called here; never printed. */
  label: textField(60),
  /** The name that the bank knows the account by. */
  holder: textField(70),
  bankName: optionalTextField(100),
  iban: checked(42, ibanProblem),
  qrIban: checked(42, qrIbanProblem),
  bic: checked(14, bicProblem),
  accountNumber: optionalTextField(34),
  sortCode: optionalTextField(20),
  upiId: checked(100, upiIdProblem),
  linkTemplate: checked(400, linkTemplateProblem),
  currency: currencyField.nullable(),
})

export const paymentAccountSchema = accountFields.extend({
  id: z.string(),
  version: z.int(),
  isDefault: z.boolean(),
})
export type PaymentAccount = z.output<typeof paymentAccountSchema>

/** Where clients pay to; documents print the account of their currency, with a code to scan where there is one. */
export const paymentAccounts = {
  list: query({
    permission: 'organizations.read',
    discloses: { what: disclosed.bankDetails },
    summary: 'The accounts that documents can name; without any, they name the bank details of the business.',
    input: emptyInput,
    output: z.array(paymentAccountSchema),
  }),
  create: command({
    permission: 'organizations.manage',
    reauthenticate: true,
    summary: 'Adds an account; the first of its currency becomes the default of it.',
    changes: ['paymentAccounts'],
    input: z.object({
      label: accountFields.shape.label,
      holder: accountFields.shape.holder,
      bankName: accountFields.shape.bankName.default(null),
      iban: accountFields.shape.iban.default(null),
      qrIban: accountFields.shape.qrIban.default(null),
      bic: accountFields.shape.bic.default(null),
      accountNumber: accountFields.shape.accountNumber.default(null),
      sortCode: accountFields.shape.sortCode.default(null),
      upiId: accountFields.shape.upiId.default(null),
      linkTemplate: accountFields.shape.linkTemplate.default(null),
      currency: accountFields.shape.currency.default(null),
      isDefault: z.boolean().default(false),
    }),
    output: rowOutput,
  }),
  update: command({
    permission: 'organizations.manage',
    reauthenticate: true,
    summary: 'Changes an account; issued documents keep what they printed.',
    changes: ['paymentAccounts'],
    input: accountFields
      .partial()
      .extend({ id: idField, version: versionField, isDefault: z.literal(true).optional() }),
    output: rowOutput,
  }),
  delete: command({
    permission: 'organizations.manage',
    reauthenticate: true,
    summary: 'Deletes an account; drafts take another one of their currency.',
    changes: ['paymentAccounts'],
    input: z.object({ id: idField, version: versionField }),
    output: rowOutput,
  }),
  restore: command({
    permission: 'organizations.manage',
    reauthenticate: true,
    summary: 'Brings a deleted account back.',
    changes: ['paymentAccounts'],
    input: z.object({ id: idField }),
    output: rowOutput,
  }),
}
