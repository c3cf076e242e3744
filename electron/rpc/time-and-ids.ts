import { v7 } from 'uuid'
import type { Clock, IdSource } from '../../shared/ids.ts'

/** The computer's clock: the one place that reads it. */
export const systemClock: Clock = { now: () => new Date().toISOString() }

/** Ids of UUID version 7: sorted by the time they were made, also within one millisecond. */
export const systemIds: IdSource = { next: () => v7() }
