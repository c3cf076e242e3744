import type { z } from 'zod'
import type { Discloses } from '../disclosures.ts'
import type { Owed } from '../people/owed.ts'
import type { Permission } from '../permissions.ts'

/** What a change event can name: screens showing one of these read again. */
export const entities = [
  'organizations',
  'branches',
  'clients',
  'items',
  'taxRates',
  'numberSeries',
  'invoices',
  'quotes',
  'creditNotes',
  'payments',
  'mail',
  'attachments',
  'settings',
  'savedViews',
  'recurringInvoices',
  'reminders',
  'bank',
  'imports',
  'documentTemplates',
  'paymentAccounts',
  'taxSettings',
  'exchangeRates',
  'clientTypes',
  'accountManagers',
  'tags',
  'notifications',
  'reports',
  'users',
  'roles',
  'sessions',
  'security',
  'backups',
] as const
export type Entity = (typeof entities)[number]

/** What a procedure needs; `anyone` is for the front door, which the gate answers. */
export type Needs = Permission | 'anyone'

/**
 * Set where somebody at an unlocked screen could do lasting harm: who has a password has said it in the last minutes, or
 * gets REAUTHENTICATE.
 */
type Reauthenticate = true

/** Set where a part would be wrong or say too much: whoever is limited to branches gets FORBIDDEN. */
type WholeBusiness = true

/** What more one must be allowed: the answer holds what these show elsewhere. */
type Also = readonly Permission[]

export type Query<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'query'
  readonly permission: Needs
  readonly also?: Also
  readonly summary: string
  readonly reauthenticate?: Reauthenticate
  readonly wholeBusiness?: WholeBusiness
  /** What leaves or is shown that is nobody else's business, in words: each call goes on record. */
  readonly sensitive?: string
  /** What of people, tax numbers and bank accounts is shown in daily work: on record once an hour for each person. */
  readonly discloses?: Discloses<z.output<I>>
  readonly input: I
  readonly output: O
}

export type Command<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'command'
  readonly permission: Needs
  readonly also?: Also
  readonly summary: string
  readonly reauthenticate?: Reauthenticate
  readonly wholeBusiness?: WholeBusiness
  /** A password or a code goes in or out: nothing of the call is kept to answer it a second time. */
  readonly secret?: true
  /** What it settles of that which somebody owes who has just signed in; anything else is refused until then. */
  readonly settles?: Owed
  /** What may be different after the command; announced after the commit. */
  readonly changes: readonly Entity[]
  readonly input: I
  readonly output: O
}

/** A query that keeps answering: `output` says what each value is. */
export type Stream<I extends z.ZodType, O extends z.ZodType> = {
  readonly kind: 'stream'
  readonly permission: Needs
  readonly also?: Also
  readonly summary: string
  readonly reauthenticate?: Reauthenticate
  readonly wholeBusiness?: WholeBusiness
  readonly input: I
  readonly output: O
}

export type Procedure = Query<z.ZodType, z.ZodType> | Command<z.ZodType, z.ZodType> | Stream<z.ZodType, z.ZodType>

/** Declares a procedure that only reads. */
export const query = <I extends z.ZodType, O extends z.ZodType>(it: Omit<Query<I, O>, 'kind'>): Query<I, O> => ({
  kind: 'query',
  ...it,
})

/** Declares a procedure that writes, in one transaction. */
export const command = <I extends z.ZodType, O extends z.ZodType>(it: Omit<Command<I, O>, 'kind'>): Command<I, O> => ({
  kind: 'command',
  ...it,
})

/** Declares a procedure that keeps answering until its caller stops listening. */
export const stream = <I extends z.ZodType, O extends z.ZodType>(it: Omit<Stream<I, O>, 'kind'>): Stream<I, O> => ({
  kind: 'stream',
  ...it,
})

export type Feature = Readonly<Record<string, Procedure>>
export type Input<P extends Procedure> = z.output<P['input']>
export type Output<P extends Procedure> = z.output<P['output']>
