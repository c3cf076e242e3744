import type { Handlers } from '../rpc/context.ts'

/** The books as they were at any moment of the past: pictures are made, told about, and taken away again. */
export const pointInTime: Handlers<'pointInTime'> = {
  reach: async ({ engines, organizationId, clock }) => ({
    ...(await engines.past.reach(organizationId)),
    now: clock.now(),
  }),
  open: ({ engines, signal, ...caller }, { at }) => engines.past.open(caller, at, signal),
  close: async ({ engines, userId }, { id }) => ({ closed: await engines.past.close(id, { userId }) }),
}
