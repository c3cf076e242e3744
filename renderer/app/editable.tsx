import { IconEye } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Calls } from './calls.ts'
import classes from './editable.module.css'
import { useMayCall, useMe } from './me.ts'

type Props = {
  /** What saving it calls. */
  readonly calls: Calls
  readonly children: ReactNode
}

/** Something that is filled in: whoever may not save it reads it, without fields that take input or buttons that act. */
export const Editable = ({ calls, children }: Props) => {
  const me = useMe()
  const may = useMayCall()(calls)
  // Nobody is kept from writing while it is not known yet who it is.
  const isRead = me !== undefined && !may
  return (
    <>
      {isRead && (
        <p className={classes['note']}>
          <IconEye size={16} aria-hidden="true" />
          You can look at this. Changing it is not part of your role
          {me.roleName === null ? '' : ` (${me.roleName})`}.
        </p>
      )}
      <fieldset className={classes['set']} disabled={isRead} data-read-only={isRead || undefined}>
        {children}
      </fieldset>
    </>
  )
}
