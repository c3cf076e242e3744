import type { Handlers } from '../rpc/context.ts'
import { list } from './users/list.ts'
import { manage } from './users/manage.ts'
import { self } from './users/self.ts'
import { elsewhere } from './users/shut-out.ts'

/** The people of an organization, and oneself. */
export const users: Handlers<'users'> = { ...self, list, elsewhere, ...manage }
