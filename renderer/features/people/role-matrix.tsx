import { ActionIcon, Checkbox } from '@mantine/core'
import { IconCheck, IconMinus, IconPencil, IconTrash } from '@tabler/icons-react'
import { Fragment, useRef, useState } from 'react'
import { permissionGroups, permissionWords } from '../../../shared/people/permission-words.ts'
import { type Permission, permissions } from '../../../shared/permissions.ts'
import { api } from '../../api.ts'
import { useMe } from '../../app/me.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { showToast } from '../../ui/toast.tsx'
import { useGridKeys } from './grid-keys.ts'
import classes from './matrix.module.css'
import { RenameRoleDialog } from './rename-role-dialog.tsx'
import type { RoleRow } from './rows.ts'
import { attempt } from './tell.ts'

type Granted = Exclude<Permission, 'workspace'>

const granted = permissions.filter((it): it is Granted => it !== 'workspace')
const inGroup = (group: string) => granted.filter((it) => permissionWords[it].group === group)

// Where the focus may be: a cell, or what stands in it to be pressed. The grid as a whole is one stop of Tab.
const stop = (column: number) => ({ tabIndex: -1, 'data-column': column })

const remove = async (role: RoleRow) => {
  const { id, version, name } = role
  if (id === null) return
  const sure = await confirmAct({
    title: `Remove the role ${name}?`,
    body: 'Nobody has it. It can be made again, not brought back.',
    verb: 'Remove role',
    danger: true,
  })
  if (sure && (await attempt(() => api.roles.delete({ id, version })))) showToast({ message: `Role ${name} removed.` })
}

const Head = ({ role, column }: { readonly role: RoleRow; readonly column: number }) => {
  const [renaming, setRenaming] = useState(false)
  const { id, name, mayChange, memberCount } = role
  const hasActs = mayChange && id !== null
  return (
    <th scope="col" {...(hasActs ? {} : stop(column))}>
      {name}
      <small>{memberCount === 1 ? '1 person' : `${memberCount} people`}</small>
      {hasActs && (
        <span className={classes['acts']}>
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            aria-label={`Rename the role ${name}`}
            {...stop(column)}
            onClick={() => setRenaming(true)}
          >
            <IconPencil size={14} />
          </ActionIcon>
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            aria-label={`Remove the role ${name}`}
            {...stop(column)}
            onClick={() => void remove(role)}
          >
            <IconTrash size={14} />
          </ActionIcon>
        </span>
      )}
      {renaming && id !== null && <RenameRoleDialog role={{ ...role, id }} onClose={() => setRenaming(false)} />}
    </th>
  )
}

type CellProps = { readonly role: RoleRow; readonly permission: Granted; readonly column: number }

const Cell = ({ role, permission, column }: CellProps) => {
  const me = useMe()
  const [busy, setBusy] = useState(false)
  const has = role.permissions.includes(permission)
  const words = permissionWords[permission].label
  const toggle = async () => {
    const { id, version } = role
    if (id === null) return
    setBusy(true)
    const rest = role.permissions.filter((it) => it !== permission)
    await attempt(() => api.roles.update({ id, version, permissions: has ? rest : [...rest, permission] }))
    setBusy(false)
  }
  if (!role.mayChange) {
    return (
      <td {...stop(column)}>
        {has ? (
          <IconCheck size={16} className={classes['yes']} aria-hidden="true" />
        ) : (
          <IconMinus size={14} className={classes['no']} aria-hidden="true" />
        )}
        <span className="visually-hidden">{has ? 'Yes' : 'No'}</span>
      </td>
    )
  }
  // Nobody gives what they do not have.
  const mayGive = me?.permissions.includes(permission) === true
  return (
    <td {...(mayGive ? {} : stop(column))}>
      <Checkbox
        aria-label={`${role.name}: ${words}`}
        checked={has}
        disabled={!mayGive}
        // While one is saved the next one waits.
        onChange={() => void (busy ? undefined : toggle())}
        {...(mayGive ? stop(column) : {})}
        styles={{ root: { display: 'inline-block' } }}
      />
    </td>
  )
}

/** Permissions in plain words by group, one column a role: a grid, walked with the arrow keys; own roles are ticked. */
export const RoleMatrix = ({ roles: all }: { readonly roles: readonly RoleRow[] }) => {
  const table = useRef<HTMLTableElement>(null)
  const keys = useGridKeys(table)
  // What can be ticked stands first: on a narrow window the others are a scroll away.
  const roles = [...all.filter(({ id }) => id !== null), ...all.filter(({ id }) => id === null)]
  return (
    <div className={classes['scroll']}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a grid is a table that is walked by keys */}
      <table ref={table} className={classes['matrix']} role="grid" aria-label="What each role may do" {...keys}>
        <thead>
          <tr>
            <th scope="col">May</th>
            {roles.map((role, column) => (
              <Head key={role.id ?? role.role} role={role} column={column} />
            ))}
          </tr>
        </thead>
        {permissionGroups.map((group) => (
          <tbody key={group} aria-label={group}>
            <tr>
              <th scope="colgroup" colSpan={roles.length + 1}>
                {group}
              </th>
            </tr>
            {inGroup(group).map((permission) => (
              <tr key={permission}>
                <th scope="row">{permissionWords[permission].label}</th>
                {roles.map((role, column) => (
                  <Fragment key={role.id ?? role.role}>
                    <Cell role={role} permission={permission} column={column} />
                  </Fragment>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  )
}
