import { z } from 'zod'
import { disclosed } from '../disclosures.ts'
import { einvoiceSellerFields } from './einvoice-fields.ts'
import {
  addressSchema,
  bytesField,
  currencyField,
  emptyInput,
  languageField,
  longTextField,
  optionalEmailField,
  optionalTextField,
  rowOutput,
  taxIdsSchema,
  textField,
  timezoneField,
  versionField,
} from './fields.ts'
import { command, query } from './procedure.ts'

export const bankDetailsSchema = z.object({
  accountName: optionalTextField(100).default(null),
  bankName: optionalTextField(100).default(null),
  iban: optionalTextField(42).default(null),
  bic: optionalTextField(11).default(null),
  accountNumber: optionalTextField(34).default(null),
  sortCode: optionalTextField(20).default(null),
})
export type BankDetails = z.output<typeof bankDetailsSchema>

export const roundingModes = ['half-up', 'half-even', 'up', 'down'] as const
export const roundingScopes = ['line', 'rate', 'document'] as const

const organizationFields = z.object({
  legalName: textField(200),
  tradeName: optionalTextField(200),
  kind: z.enum(['service', 'retail', 'restaurant', 'practice']),
  address: addressSchema,
  email: optionalEmailField,
  phone: optionalTextField(40),
  website: optionalTextField(200),
  taxIds: taxIdsSchema,
  bankDetails: bankDetailsSchema,
  currency: currencyField,
  language: languageField,
  timezone: timezoneField,
  fiscalYearStart: z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'Enter month and day, such as 04-01.'),
  roundingMode: z.enum(roundingModes),
  roundingScope: z.enum(roundingScopes),
  pricesIncludeTax: z.boolean(),
  paymentTermsDays: z.int().min(0).max(3650),
  pageSize: z.enum(['A4', 'LETTER']),
  defaultNotes: longTextField(4000),
  defaultTerms: longTextField(4000),
  legalText: longTextField(2000),
  footer: optionalTextField(300),
  accentColor: z.string().regex(/^#[0-9a-f]{6}$/, 'Enter a colour as #rrggbb.'),
  ...einvoiceSellerFields,
})

export const organizationSchema = organizationFields.omit({ bankDetails: true }).extend({
  id: z.string(),
  version: z.int(),
  country: z.string(),
  isDemo: z.boolean(),
  logoAttachmentId: z.string().nullable(),
  minorUnits: z.int(),
})
export type Organization = z.output<typeof organizationSchema>

/** The business itself: what its documents say of it and how they count. */
export const organizations = {
  get: query({
    permission: 'organizations.read',
    summary: 'The current organization, without its bank details.',
    input: emptyInput,
    output: organizationSchema,
  }),
  bankDetails: query({
    permission: 'organizations.read',
    discloses: { what: disclosed.bankDetails },
    summary: 'The bank details that documents print where they name no other account.',
    input: emptyInput,
    output: z.object({ version: z.int(), bankDetails: bankDetailsSchema }),
  }),
  update: command({
    permission: 'organizations.manage',
    reauthenticate: true,
    summary: 'Changes the current organization; issued documents keep what they printed.',
    changes: ['organizations', 'branches'],
    input: organizationFields.partial().extend({ version: versionField }),
    output: rowOutput,
  }),
  setLogo: command({
    permission: 'organizations.manage',
    summary: 'Sets or removes the logo: PNG or JPEG, at most 2 MB.',
    changes: ['organizations', 'attachments'],
    input: z.object({
      version: versionField,
      logo: z.object({ fileName: textField(200), content: bytesField }).nullable(),
    }),
    output: rowOutput,
  }),
  logo: query({
    permission: 'organizations.read',
    summary: 'The bytes of the logo, or null.',
    input: emptyInput,
    output: z.object({ mediaType: z.string(), content: bytesField }).nullable(),
  }),
}
