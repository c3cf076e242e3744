import type { Generated } from 'kysely'

/** A second proof of who somebody is; it counts once it is confirmed. */
export type MfaMethodTable = {
  id: string
  userId: string
  kind: 'totp' | 'email'
  sealedSecret: string | null
  createdAt: string
  confirmedAt: Generated<string | null>
  disabledAt: Generated<string | null>
  /** The step of 30 seconds whose code was used last: neither it nor an earlier one is taken again. */
  lastUsedStep: Generated<number | null>
}
