import { z } from 'zod'
import {
  countryField,
  currencyField,
  emptyInput,
  idField,
  languageField,
  optionalEmailField,
  optionalTextField,
  textField,
  timezoneField,
} from './fields.ts'
import { command, query } from './procedure.ts'

const organizationBrief = z.object({
  id: z.string(),
  name: z.string(),
  currency: z.string(),
  language: z.string(),
  isDemo: z.boolean(),
  /** The civil day where the caller works without having chosen a branch. */
  today: z.string(),
  /** The day at each branch where it is another one now. */
  days: z.record(z.string(), z.string()),
})

/** First run and switching: what there is before an organization is chosen. */
export const setup = {
  state: query({
    permission: 'workspace',
    summary: 'What this workstation holds: its organizations, its user, what the host can do.',
    input: emptyInput,
    output: z.object({
      organizations: z.array(organizationBrief),
      userId: z.string().nullable(),
      userName: z.string().nullable(),
      /** May add a business, and do what concerns all data: alone here, or an owner of the first business. */
      ownsWorkstation: z.boolean(),
      deviceName: z.string(),
      appVersion: z.string(),
      /** The folder that holds the database and the files. */
      directory: z.string(),
      /** Where there is no business yet. */
      today: z.string(),
    }),
  }),
  countries: query({
    permission: 'workspace',
    summary: 'Countries with what choosing one fills in: currency, tax rates, formats, number pattern, legal texts.',
    input: emptyInput,
    output: z.array(
      z.object({
        code: z.string(),
        name: z.string(),
        currency: z.string(),
        language: z.string(),
        timezone: z.string(),
        fiscalYearStart: z.string(),
        taxName: z.string(),
        taxIdLabels: z.array(z.string()),
        numberPattern: z.string(),
        taxRates: z.array(z.string()),
      }),
    ),
  }),
  createOrganization: command({
    permission: 'workspace',
    summary: 'Makes a business with its owner, main branch, tax rates and number series.',
    changes: ['organizations', 'branches', 'taxRates', 'numberSeries', 'settings'],
    input: z.object({
      legalName: textField(200),
      country: countryField,
      kind: z.enum(['service', 'retail', 'restaurant', 'practice']).default('service'),
      ownerName: optionalTextField(100).default(null),
      email: optionalEmailField.default(null),
      currency: currencyField.nullable().default(null),
      language: languageField.nullable().default(null),
      timezone: timezoneField.nullable().default(null),
      fiscalYearStart: z
        .string()
        .regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, 'Enter month and day, such as 04-01.')
        .nullable()
        .default(null),
      address: z
        .object({ line1: optionalTextField(200), city: optionalTextField(100), postalCode: optionalTextField(30) })
        .partial()
        .default({}),
      taxId: optionalTextField(60).default(null),
      /** Why a number that fails its check is kept. */
      taxIdKeptReason: optionalTextField(200).default(null),
      chargesTax: z.boolean().default(true),
      /** Marks the demo company, which one click removes. */
      isDemo: z.boolean().default(false),
    }),
    output: z.object({ id: idField }),
  }),
  loadDemo: command({
    permission: 'workspace',
    summary: 'Makes the demo company: 12 months, 25 clients, 150 invoices in all states.',
    changes: ['organizations', 'clients', 'items', 'invoices', 'payments', 'taxRates', 'mail', 'settings'],
    input: emptyInput,
    output: z.object({ id: idField }),
  }),
  removeDemo: command({
    permission: 'workspace',
    summary: 'Removes the demo company, and keeps out who was of it alone; real data is not touched.',
    changes: [
      'organizations',
      'clients',
      'items',
      'invoices',
      'payments',
      'taxRates',
      'mail',
      'settings',
      'users',
      'sessions',
    ],
    input: emptyInput,
    output: z.object({ removed: z.boolean() }),
  }),
}
