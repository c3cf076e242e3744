import { erasablePeople, erasePerson } from '../people/erase-person.ts'
import type { Handlers } from '../rpc/context.ts'
import { list } from './users/list.ts'
import { manage } from './users/manage.ts'
import { self } from './users/self.ts'
import { elsewhere, shuttingOut } from './users/shut-out.ts'

/** The people of an organization, and oneself. */
export const users: Handlers<'users'> = {
  ...self,
  list,
  elsewhere,
  ...manage,
  left: ({ db, userId }) => erasablePeople(db, userId),
  erase: shuttingOut(erasePerson),
}
