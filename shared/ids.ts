import { z } from 'zod'

/** A row id: UUID version 7, lower case. */
export const idSchema = z.uuid({ version: 'v7', error: 'Not a valid id.' })

/** Where new ids come from; injected, so that tests and the demo company can repeat them. */
export type IdSource = { readonly next: () => string }

/** The time, injected: an instant as ISO 8601 UTC with milliseconds. */
export type Clock = { readonly now: () => string }
