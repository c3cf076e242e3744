import { procedures } from './contract/index.ts'
import type { Procedure } from './contract/procedure.ts'

/** What of a procedure says who may call it, and when. */
export type Right = Pick<Procedure, 'kind' | 'permission' | 'also' | 'wholeBusiness'>

const rightOf = ({ kind, permission, also, wholeBusiness }: Procedure): Right => ({
  kind,
  permission,
  ...(also === undefined ? {} : { also }),
  ...(wholeBusiness === undefined ? {} : { wholeBusiness }),
})

/**
 * Who may call each procedure, by its wire name. The build puts the table itself in the place of this file, so that the
 * app knows what somebody may do without reading the whole contract: vite.main.config.ts.
 */
export const rights: Readonly<Record<string, Right>> = Object.fromEntries(
  [...procedures].map(([name, procedure]) => [name, rightOf(procedure)]),
)
