import { Button } from '@mantine/core'
import { useState } from 'react'
import { describeError } from '../../app/errors.ts'
import { useMay, useMe } from '../../app/me.ts'
import { useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Panel } from '../../ui/panel.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { AloneCard } from './alone-card.tsx'
import { NewRoleDialog } from './new-role-dialog.tsx'
import classes from './people.module.css'
import { RoleMatrix } from './role-matrix.tsx'

const Matrix = () => {
  const may = useMay()
  const roles = useApiQuery('roles', 'list', {})
  const [isAdding, setIsAdding] = useState(false)
  if (roles.data === undefined) {
    return roles.isError ? (
      <ErrorPanel {...describeError(roles.error)} onRetry={() => void roles.refetch()} />
    ) : (
      <Skeleton lines={8} />
    )
  }
  return (
    <Panel
      title="What each role may do"
      actions={may('roles.manage') ? <Button onClick={() => setIsAdding(true)}>New role</Button> : undefined}
    >
      <p className={classes['hint']}>
        Six roles are built in and stay as they are. Roles of your own stand first: tick what they may do; the arrow
        keys move between the boxes.
      </p>
      <RoleMatrix roles={roles.data} />
      {isAdding && <NewRoleDialog roles={roles.data} onClose={() => setIsAdding(false)} />}
    </Panel>
  )
}

/** The roles and their permissions, side by side. */
export const RolesSection = () => {
  const me = useMe()
  if (me === undefined) return <Skeleton lines={8} />
  return me.isAlone ? <AloneCard me={me} /> : <Matrix />
}
