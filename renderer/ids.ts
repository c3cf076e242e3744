import { v7 } from 'uuid'

/** A new row id or idempotency key (UUID version 7). */
export const newId = (): string => v7()
