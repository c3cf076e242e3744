import { useQuery } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { contract, type Input } from '../../../shared/contract/index.ts'
import type { BankDetails, Organization } from '../../../shared/contract/organizations.ts'
import type { AppError } from '../../../shared/errors.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useOrganizationId } from '../../app/organization.ts'
import { queryKey, useCommand } from '../../app/queries.ts'
import type { ComparedField } from '../../ui/differences.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { Form, type SchemaForm, saveForm, useSchemaForm } from '../../ui/form.tsx'
import { useGuardedSave } from '../../ui/guarded-save.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { showToast } from '../../ui/toast.tsx'
import { SaveBar } from './save-bar.tsx'

const schema = contract.organizations.update.input
type Checked = Input<typeof contract.organizations.update>
type Values = Omit<Checked, 'version'>
type Key = keyof Values

export type OrganizationForm = SchemaForm<typeof schema>

type Fields = readonly (ComparedField & { readonly path: Key })[]

type Props = {
  /** The fields of this section; only these are saved. */
  readonly fields: Fields
  readonly label: string
  readonly children: (form: OrganizationForm, organization: Organization) => ReactNode
}

// The section's own fields alone, so that two sections never overwrite each other.
const pick = (from: Values, fields: Fields): Values =>
  Object.fromEntries(fields.map(({ path }) => [path, from[path]])) as Values

type Business = Organization & { readonly bankDetails?: BankDetails }

const showsBank = (fields: Fields) => fields.some(({ path }) => path === 'bankDetails')

// Whoever reads the bank details is on record: they are asked for by the section that shows them alone. Asked for second:
// what changes in between is then newer than the version that is saved on, which is told as a conflict and not lost.
const readBusiness = async (fields: Fields): Promise<Business> => {
  const organization = await api.organizations.get({})
  if (!showsBank(fields)) return organization
  return { ...organization, bankDetails: (await api.organizations.bankDetails({})).bankDetails }
}

const useBusiness = (fields: Fields) =>
  useQuery<Business, AppError>({
    queryKey: [...queryKey('organizations', 'get', useOrganizationId(), {}), ...(showsBank(fields) ? ['bank'] : [])],
    queryFn: () => readBusiness(fields),
    meta: { live: true },
  })

const Loaded = ({ organization, fields, label, children }: Props & { readonly organization: Business }) => {
  // The state that editing began with: a later one that arrives meanwhile must not pass for it.
  const [opened, setOpened] = useState(organization)
  const form = useSchemaForm(schema, { ...pick(opened, fields), version: opened.version })
  const update = useCommand('organizations', 'update')
  const { isDirty, isSubmitting } = form.formState
  useEffect(() => {
    if (isDirty || organization.version <= opened.version) return
    setOpened(organization)
    form.reset({ ...pick(organization, fields), version: organization.version })
  }, [organization, opened.version, isDirty, form, fields])
  const undoTo = (values: Values, version: number) => () => api.organizations.update({ ...values, version })
  const guarded = useGuardedSave<Values>({
    what: label,
    fields,
    before: { ...pick(opened, fields) },
    latest: () => readBusiness(fields),
    save: async (values, version) => {
      const before = pick(opened, fields)
      await saveForm(form, async () => {
        const saved = await update.mutateAsync({ ...pick(values, fields), version })
        setOpened({ ...opened, ...dropUndefined(pick(values, fields)), version: saved.version })
        showToast({ message: `${label} saved.`, undo: undoTo(before, saved.version) })
        return { ...pick(values, fields), version: saved.version }
      })
    },
    onSaved: () => undefined,
  })
  return (
    <>
      <Form<typeof schema>
        form={form}
        label={label}
        onSubmit={({ version: _, ...values }) => guarded.save(values, opened.version)}
      >
        {children(form, organization)}
        <SaveBar dirty={isDirty} saving={isSubmitting} onDiscard={() => form.reset()} />
      </Form>
      {guarded.dialog}
    </>
  )
}

const dropUndefined = (values: Values): Partial<Business> =>
  // What is left out of a change keeps its value, so it must not hide it either.
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<Business>

/** A section whose settings belong to the business: loads them, saves them as one, compares where two changed them. */
export const OrganizationSection = (props: Props) => {
  const organization = useBusiness(props.fields)
  if (organization.isError) {
    return <ErrorPanel {...describeError(organization.error)} onRetry={() => void organization.refetch()} />
  }
  if (organization.data === undefined) return <Skeleton />
  return <Loaded {...props} organization={organization.data} />
}
