import { ActionIcon, Button, Select, TextInput } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import type { AccountManager } from '../../../../shared/contract/account-managers.ts'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import { useWorkspace } from '../../../app/organization.ts'
import { showToast } from '../../../ui/toast.tsx'
import { useRowEdit } from './row-edit.ts'

type Values = { readonly name: string; readonly email: string; readonly userId: string | null }

const blank: Values = { name: '', email: '', userId: null }

const valuesOf = ({ name, email, userId }: AccountManager): Values => ({ name, email: email ?? '', userId })

const setActive = async (manager: AccountManager, isActive: boolean) => {
  try {
    const saved = await api.accountManagers.update({ id: manager.id, version: manager.version, isActive })
    showToast({
      message: isActive
        ? `${manager.name} is offered again.`
        : `${manager.name} is no longer offered; their clients stay theirs.`,
      undo: () => api.accountManagers.update({ ...saved, isActive: !isActive }),
    })
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

type CellsProps = {
  readonly of: string
  readonly isNew?: boolean
  readonly edit: ReturnType<typeof useRowEdit<Values>>
}

const Cells = ({ of, isNew = false, edit: { values, set, problems } }: CellsProps) => {
  const { userId = null, userName = null } = useWorkspace().data ?? {}
  const users = userId === null ? [] : [{ value: userId, label: userName ?? 'You' }]
  const isOther = values.userId !== null && values.userId !== userId
  return (
    <>
      <td>
        <TextInput
          aria-label={`Name of ${of}`}
          placeholder={isNew ? 'New name' : ''}
          maxLength={100}
          value={values.name}
          error={problems['name']}
          onChange={(event) => set({ name: event.currentTarget.value })}
        />
      </td>
      <td>
        <TextInput
          aria-label={`E-mail of ${of}`}
          placeholder={isNew ? 'E-mail' : ''}
          value={values.email}
          error={problems['email']}
          onChange={(event) => set({ email: event.currentTarget.value })}
        />
      </td>
      <td>
        <Select
          aria-label={`User that ${of} is`}
          placeholder="Nobody here"
          clearable
          data={isOther ? [...users, { value: values.userId ?? '', label: 'Another user' }] : users}
          value={values.userId}
          error={problems['userId']}
          onChange={(user) => set({ userId: user })}
        />
      </td>
    </>
  )
}

/** One account manager, edited in place. */
export const AccountManagerRow = ({ manager }: { readonly manager: AccountManager }) => {
  const edit = useRowEdit(valuesOf(manager), async (values) => {
    const saved = await api.accountManagers.update({ id: manager.id, version: manager.version, ...values })
    showToast({
      message: `${values.name} saved.`,
      undo: () => api.accountManagers.update({ ...saved, ...valuesOf(manager) }),
    })
  })
  return (
    <tr {...edit.row} data-hidden={!manager.isActive || undefined}>
      <Cells of={manager.name} edit={edit} />
      <td data-align="end">{manager.clientCount}</td>
      <td data-align="end">
        <ActionIcon
          aria-label={manager.isActive ? `Hide ${manager.name}` : `Offer ${manager.name} again`}
          title={manager.isActive ? 'Hide from forms' : 'Offer again'}
          onClick={() => void setActive(manager, !manager.isActive)}
        >
          {manager.isActive ? <IconEye size={16} /> : <IconEyeOff size={16} />}
        </ActionIcon>
      </td>
    </tr>
  )
}

/** The last row, in which another account manager is written. */
export const NewAccountManagerRow = () => {
  const edit = useRowEdit(blank, async (values) => {
    await api.accountManagers.create(values)
    showToast({ message: `${values.name} added.` })
  })
  return (
    <tr onKeyDown={edit.row.onKeyDown}>
      <Cells isNew of="the new manager" edit={edit} />
      <td colSpan={2} data-align="end">
        <Button variant="default" size="compact-sm" disabled={!edit.isEdited} onClick={() => void edit.commit()}>
          Add manager
        </Button>
      </td>
    </tr>
  )
}
