import type { Entity } from '../../shared/contract/procedure.ts'

/** Told after a commit: which command it was, and what may be different. */
export type ChangeEvent = { readonly procedure: string; readonly entities: Entity[] }
