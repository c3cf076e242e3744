import type { Contract, Input } from '../../../shared/contract/index.ts'
import { api } from '../../api.ts'
import { type Choice, EntityCombobox } from '../../ui/entity-combobox.tsx'
import { showToast } from '../../ui/toast.tsx'
import { describeError } from '../errors.ts'

export type TaggedEntity = Input<Contract['tags']['assign']>['entity']
export type TagChoice = Choice & { readonly color: (typeof colors)[number] }

const colors = ['blue', 'green', 'orange', 'violet', 'teal', 'red', 'yellow', 'gray'] as const

const choices = async (text: string): Promise<TagChoice[]> => {
  const tags = await api.tags.list({})
  const wanted = text.trim().toLowerCase()
  return tags
    .filter(({ name }) => name.toLowerCase().includes(wanted))
    .map(({ id, name, color, useCount }) => ({ id, label: name, hint: `${useCount}`, color }))
}

/** Makes a tag; each new one in the next colour. */
const create = async (name: string): Promise<TagChoice> => {
  const { length } = await api.tags.list({})
  const color = colors[length % colors.length] ?? 'gray'
  const { id } = await api.tags.create({ name, color })
  return { id, label: name, color }
}

type Props = {
  readonly label: string
  readonly value: TagChoice | null
  readonly onPick: (tag: TagChoice | null) => void
  /** Tags that are not offered: those that are on already. */
  readonly except?: readonly string[]
  readonly hideLabel?: boolean
  readonly autoFocus?: boolean
  readonly onBlur?: () => void
}

/** Chooses a tag by typing, or makes it of what was typed. */
export const TagPicker = ({ label, value, onPick, except = [], hideLabel = false, ...field }: Props) => (
  <EntityCombobox
    {...field}
    {...(hideLabel ? { 'aria-label': label } : { label })}
    placeholder="Type a tag"
    noun="tag"
    value={value}
    onChange={onPick}
    search={async (text) => (await choices(text)).filter(({ id }) => !except.includes(id))}
    onCreate={(text) =>
      void create(text)
        .then(onPick)
        .catch((thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' }))
    }
  />
)
