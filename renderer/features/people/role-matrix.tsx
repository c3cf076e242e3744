import { ActionIcon, Checkbox } from '@mantine/core'
import { IconCheck, IconMinus, IconPencil, IconTrash } from '@tabler/icons-react'
import { Fragment, type KeyboardEvent, useState } from 'react'
import { permissionGroups, permissionWords } from '../../../shared/people/permission-words.ts'
import { type Permission, permissions } from '../../../shared/permissions.ts'
import { api } from '../../api.ts'
import { useMe } from '../../app/me.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './matrix.module.css'
import { RenameRoleDialog } from './rename-role-dialog.tsx'
import type { RoleRow } from './rows.ts'
import { attempt } from './tell.ts'

type Granted = Exclude<Permission, 'workspace'>

const granted = permissions.filter((it): it is Granted => it !== 'workspace')
const inGroup = (group: string) => granted.filter((it) => permissionWords[it].group === group)

const moves: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
}

/** Moves the focus to the next box of the own roles in the direction of an arrow key. */
const walk = (event: KeyboardEvent<HTMLTableElement>) => {
  const move = moves[event.key]
  const from = event.target
  if (move === undefined || !(from instanceof HTMLInputElement)) return
  const row = Number(from.dataset['row']) + move[0]
  const column = Number(from.dataset['column']) + move[1]
  const next = event.currentTarget.querySelector<HTMLInputElement>(`input[data-row="${row}"][data-column="${column}"]`)
  if (next === null) return
  event.preventDefault()
  next.focus()
}

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

const Head = ({ role }: { readonly role: RoleRow }) => {
  const [renaming, setRenaming] = useState(false)
  const { id, name, mayChange, memberCount } = role
  return (
    <th scope="col">
      {name}
      <small>{memberCount === 1 ? '1 person' : `${memberCount} people`}</small>
      {mayChange && id !== null && (
        <span className={classes['acts']}>
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            aria-label={`Rename the role ${name}`}
            onClick={() => setRenaming(true)}
          >
            <IconPencil size={14} />
          </ActionIcon>
          <ActionIcon
            size={24}
            variant="subtle"
            color="gray"
            aria-label={`Remove the role ${name}`}
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

type CellProps = { readonly role: RoleRow; readonly permission: Granted; readonly row: number; readonly column: number }

const Cell = ({ role, permission, row, column }: CellProps) => {
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
      <td>
        {has ? (
          <IconCheck size={16} className={classes['yes']} aria-hidden="true" />
        ) : (
          <IconMinus size={14} className={classes['no']} aria-hidden="true" />
        )}
        <span className="visually-hidden">{has ? 'Yes' : 'No'}</span>
      </td>
    )
  }
  return (
    <td>
      <Checkbox
        aria-label={`${role.name}: ${words}`}
        checked={has}
        // Nobody gives what they do not have; while one is saved the next one waits.
        disabled={me?.permissions.includes(permission) !== true}
        onChange={() => void (busy ? undefined : toggle())}
        data-row={row}
        data-column={column}
        styles={{ root: { display: 'inline-block' } }}
      />
    </td>
  )
}

/** Permissions in plain words by group, one column a role; own roles are ticked, also with the arrow keys. */
export const RoleMatrix = ({ roles: all }: { readonly roles: readonly RoleRow[] }) => {
  // What can be ticked stands first: on a narrow window the others are a scroll away.
  const roles = [...all.filter(({ id }) => id !== null), ...all.filter(({ id }) => id === null)]
  return (
    <div className={classes['scroll']}>
      <table className={classes['matrix']} onKeyDown={walk}>
        <thead>
          <tr>
            <th scope="col">May</th>
            {roles.map((role) => (
              <Head key={role.id ?? role.role} role={role} />
            ))}
          </tr>
        </thead>
        {permissionGroups.map((group) => (
          <tbody key={group}>
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
                    <Cell role={role} permission={permission} row={granted.indexOf(permission)} column={column} />
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
