import type { ApiOutput } from '../../app/queries.ts'

export type Person = ApiOutput<'users', 'list'>[number]
export type RoleRow = ApiOutput<'roles', 'list'>[number]
