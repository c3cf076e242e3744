import type { Shadow } from '../../../db/shadow.ts'
import type { Envelope } from '../../../shared/contract/index.ts'
import type { Procedure } from '../../../shared/contract/procedure.ts'
import { AppError } from '../../../shared/errors.ts'
import { isOfThePresent, isRefusedInThePast } from '../../../shared/past.ts'
import type { QueryContext } from '../../rpc/context.ts'

/** AppError INVALID_STATE for what would change something, from a window that looks back. */
export const assertPresent = (name: string, kind: Procedure['kind'], { asOf }: Envelope): void => {
  if (!asOf || !isRefusedInThePast(name, kind)) return
  throw new AppError(
    'INVALID_STATE',
    'You are looking at the books as they were. Go back to now to change something.',
    { details: { past: 'looking' } },
  )
}

/** What a query reads with: the books of the moment that its window looks at, or the present. */
export const atMoment = (
  name: string,
  { asOf }: Envelope,
  context: QueryContext,
  shadow: Shadow | null,
): QueryContext => {
  if (!asOf || isOfThePresent(name)) return context
  const { clock, through } = context.engines.past.books(asOf, context)
  const { db, readings } = through(shadow)
  return { ...context, db, clock, engines: { ...context.engines, readings } }
}
