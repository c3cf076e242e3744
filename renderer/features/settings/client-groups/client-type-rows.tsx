import { ActionIcon, Button, TextInput } from '@mantine/core'
import { IconEye, IconEyeOff } from '@tabler/icons-react'
import type { ClientType } from '../../../../shared/contract/client-types.ts'
import { api } from '../../../api.ts'
import { describeError } from '../../../app/errors.ts'
import { WholeNumberField } from '../../../ui/number-fields.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { useRowEdit } from './row-edit.ts'

type Values = {
  readonly code: string
  readonly name: string
  readonly description: string
  readonly paymentTermsDays: number | null
}

const blank: Values = { code: '', name: '', description: '', paymentTermsDays: null }

const valuesOf = ({ code, name, description, paymentTermsDays }: ClientType): Values => ({
  code,
  name,
  description: description ?? '',
  paymentTermsDays,
})

const setActive = async (type: ClientType, isActive: boolean) => {
  try {
    const saved = await api.clientTypes.update({ id: type.id, version: type.version, isActive })
    showToast({
      message: isActive ? `${type.name} is offered again.` : `${type.name} is no longer offered; its clients keep it.`,
      undo: () => api.clientTypes.update({ ...saved, isActive: !isActive }),
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

const Cells = ({ of, isNew = false, edit: { values, set, problems } }: CellsProps) => (
  <>
    <td>
      <TextInput
        aria-label={`Code of ${of}`}
        placeholder={isNew ? 'New code' : ''}
        maxLength={20}
        value={values.code}
        error={problems['code']}
        onChange={(event) => set({ code: event.currentTarget.value })}
      />
    </td>
    <td>
      <TextInput
        aria-label={`Name of ${of}`}
        placeholder={isNew ? 'New type' : ''}
        maxLength={80}
        value={values.name}
        error={problems['name']}
        onChange={(event) => set({ name: event.currentTarget.value })}
      />
    </td>
    <td>
      <TextInput
        aria-label={`Description of ${of}`}
        placeholder={isNew ? 'Description' : ''}
        maxLength={300}
        value={values.description}
        error={problems['description']}
        onChange={(event) => set({ description: event.currentTarget.value })}
      />
    </td>
    <td data-days>
      <WholeNumberField
        aria-label={`Payment terms of ${of}, in days`}
        placeholder="As usual"
        value={values.paymentTermsDays}
        error={problems['paymentTermsDays']}
        onChange={(paymentTermsDays) => set({ paymentTermsDays })}
      />
    </td>
  </>
)

/** One client type, edited in place. */
export const ClientTypeRow = ({ type }: { readonly type: ClientType }) => {
  const edit = useRowEdit(valuesOf(type), async (values) => {
    const saved = await api.clientTypes.update({ id: type.id, version: type.version, ...values })
    showToast({
      message: `${values.name} saved.`,
      undo: () => api.clientTypes.update({ ...saved, ...valuesOf(type) }),
    })
  })
  return (
    <tr {...edit.row} data-hidden={!type.isActive || undefined}>
      <Cells of={type.name} edit={edit} />
      <td data-align="end">{type.clientCount}</td>
      <td data-align="end">
        <ActionIcon
          aria-label={type.isActive ? `Hide ${type.name}` : `Offer ${type.name} again`}
          title={type.isActive ? 'Hide it from forms' : 'Offer it again'}
          onClick={() => void setActive(type, !type.isActive)}
        >
          {type.isActive ? <IconEye size={16} /> : <IconEyeOff size={16} />}
        </ActionIcon>
      </td>
    </tr>
  )
}

/** The last row, in which another type is written. */
export const NewClientTypeRow = () => {
  const edit = useRowEdit(blank, async ({ code, name, description, paymentTermsDays }) => {
    await api.clientTypes.create({ code: code || name.slice(0, 20), name, description, paymentTermsDays })
    showToast({ message: `${name} added.` })
  })
  return (
    <tr onKeyDown={edit.row.onKeyDown}>
      <Cells isNew of="the new type" edit={edit} />
      <td colSpan={2} data-align="end">
        <Button variant="default" size="compact-sm" disabled={!edit.isEdited} onClick={() => void edit.commit()}>
          Add type
        </Button>
      </td>
    </tr>
  )
}
