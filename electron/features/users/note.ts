import { recordSecurityEvent, type SecurityEventKind } from '../../people/security-events.ts'
import type { CommandContext } from '../../rpc/context.ts'

/** Writes a security event of a command into the chain, in its transaction. */
export const note = (
  { trx, now, organizationId, userId, deviceId }: CommandContext,
  kind: SecurityEventKind,
  data: Readonly<Record<string, string | number | boolean | null>> = {},
): Promise<void> =>
  recordSecurityEvent(trx, { at: now, organizationId: organizationId || null, userId, deviceId, kind, data })
