import { z } from 'zod'
import businessFile from '../../resources/demo/business.json' with { type: 'json' }
import clientsFile from '../../resources/demo/clients.json' with { type: 'json' }
import itemsFile from '../../resources/demo/items.json' with { type: 'json' }
import { noteKinds } from '../../shared/contract/clients.ts'
import { addressSchema, taxIdsSchema } from '../../shared/contract/fields.ts'
import { bankDetailsSchema } from '../../shared/contract/organizations.ts'
import { paymentMethods } from '../../shared/contract/payments.ts'
import { setup } from '../../shared/contract/setup.ts'

const daysAgo = z.int().min(0).max(365)

const businessSchema = z.strictObject({
  create: setup.createOrganization.input,
  details: z.strictObject({
    tradeName: z.string(),
    phone: z.string(),
    website: z.string(),
    accentColor: z.string(),
    bankDetails: bankDetailsSchema,
    defaultNotes: z.string(),
    defaultTerms: z.string(),
    footer: z.string(),
  }),
  logo: z.base64(),
})

const itemSchema = z.strictObject({
  code: z.string(),
  kind: z.enum(['product', 'service']),
  name: z.string(),
  description: z.string().nullable(),
  unit: z.string(),
  price: z.string(),
  category: z.enum(['S', 'Z']),
  quantities: z.tuple([z.int(), z.int()]),
})

const clientSchema = z.strictObject({
  key: z.string(),
  kind: z.enum(['person', 'company']),
  name: z.string(),
  email: z.string(),
  phone: z.string().nullable(),
  address: addressSchema,
  taxIds: taxIdsSchema,
  language: z.string().nullable(),
  currency: z.string().nullable(),
  paymentTermsDays: z.int().nullable(),
  summary: z.string().nullable(),
  joined: daysAgo,
  pays: z.enum(['prompt', 'normal', 'late', 'statement']),
  method: z.enum(paymentMethods),
  category: z.enum(['S', 'AE', 'O']),
  /** How often work is done for the client, against the others. */
  weight: z.int().min(1),
  contacts: z.array(z.strictObject({ name: z.string(), role: z.string(), email: z.string() })),
  notes: z.array(
    z.strictObject({
      kind: z.enum(noteKinds),
      content: z.string(),
      written: daysAgo,
      followUp: z.int().nullable(),
      done: z.boolean(),
    }),
  ),
})

export type DemoClient = z.output<typeof clientSchema>
export type DemoItem = z.output<typeof itemSchema>
export type DemoScript = {
  readonly business: z.output<typeof businessSchema>
  readonly clients: readonly DemoClient[]
  readonly items: readonly DemoItem[]
}

/** The demo company as it is written down in resources/demo. */
export const readScript = (): DemoScript => ({
  business: businessSchema.parse(businessFile),
  clients: z.array(clientSchema).parse(clientsFile),
  items: z.array(itemSchema).parse(itemsFile),
})
