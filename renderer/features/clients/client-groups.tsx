import { Select } from '@mantine/core'
import { useApiQuery } from '../../app/queries.ts'
import { Field, FieldRow, type SchemaForm } from '../../ui/form.tsx'
import { termsText } from '../../ui/terms-field.tsx'
import type { clientFormSchema } from './client-values.ts'

type Group = { readonly id: string; readonly name: string; readonly isActive: boolean }

/** What can be chosen: those that are offered, and the one that is chosen already. */
const choices = (groups: readonly Group[], chosen: string | null) =>
  groups
    .filter((group) => group.isActive || group.id === chosen)
    .map((group) => ({ value: group.id, label: group.name }))

/** The client types and account managers of the business; empty while they are read. */
export const useClientGroups = () => ({
  types: useApiQuery('clientTypes', 'list', {}).data ?? [],
  managers: useApiQuery('accountManagers', 'list', {}).data ?? [],
})

/** Type and account manager of a client, where the business has any. */
export const GroupFields = ({ form }: { readonly form: SchemaForm<typeof clientFormSchema> }) => {
  const { types, managers } = useClientGroups()
  if (types.length === 0 && managers.length === 0) return null
  return (
    <FieldRow>
      {types.length > 0 && (
        <Field control={form.control} name="clientTypeId">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              label="Client type"
              placeholder="None"
              clearable
              value={value ?? null}
              data={choices(types, value ?? null)}
            />
          )}
        </Field>
      )}
      {managers.length > 0 && (
        <Field control={form.control} name="accountManagerId">
          {({ value, ...bound }) => (
            <Select
              {...bound}
              label="Account manager"
              placeholder="Nobody"
              clearable
              value={value ?? null}
              data={choices(managers, value ?? null)}
            />
          )}
        </Field>
      )}
    </FieldRow>
  )
}

/** What a client without terms of its own goes by, in words: the terms of its type, or those of the business. */
export const useInheritedTerms = (typeId: string | null | undefined, usual: number): string => {
  const type = useApiQuery('clientTypes', 'list', {}).data?.find(({ id }) => id === typeId)
  return type === undefined || type.paymentTermsDays === null
    ? `As in settings (${termsText(usual).toLowerCase()})`
    : `As ${type.name} (${termsText(type.paymentTermsDays).toLowerCase()})`
}

type FilterProps = {
  readonly type: string | undefined
  readonly manager: string | undefined
  readonly onType: (id: string | undefined) => void
  readonly onManager: (id: string | undefined) => void
}

/** Filters of the list by type and account manager, where the business has any. */
export const GroupFilters = ({ type, manager, onType, onManager }: FilterProps) => {
  const { types, managers } = useClientGroups()
  return (
    <>
      {types.length > 0 && (
        <Select
          aria-label="Client type"
          placeholder="All types"
          w={140}
          clearable
          value={type ?? null}
          data={types.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => onType(id ?? undefined)}
        />
      )}
      {managers.length > 0 && (
        <Select
          aria-label="Account manager"
          placeholder="All managers"
          w={150}
          clearable
          value={manager ?? null}
          data={managers.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(id) => onManager(id ?? undefined)}
        />
      )}
    </>
  )
}

/** The type and the manager of a client in words, for its details. */
export const useGroupNames = (client: {
  readonly clientTypeId: string | null
  readonly accountManagerId: string | null
}) => {
  const { types, managers } = useClientGroups()
  return {
    type: types.find(({ id }) => id === client.clientTypeId)?.name ?? null,
    manager: managers.find(({ id }) => id === client.accountManagerId)?.name ?? null,
  }
}
