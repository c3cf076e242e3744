import { zodResolver } from '@hookform/resolvers/zod'
import { type FormEvent, type ReactNode, type RefObject, useCallback, useEffect, useRef } from 'react'
import {
  type Control,
  type ControllerRenderProps,
  type DefaultValues,
  type FieldPath,
  type FieldValues,
  type UseFormReturn,
  useController,
  useForm,
} from 'react-hook-form'
import type { z } from 'zod'
import { AppError } from '../../shared/errors.ts'
import classes from './form.module.css'

// react-hook-form knows values as records; every form schema of the contract is an object.
export type FormSchema = z.ZodType<FieldValues, FieldValues>

export type SchemaForm<S extends FormSchema> = UseFormReturn<z.input<S>, unknown, z.output<S>>

/** A form checked by a zod schema on submit, then field by field as it is corrected. */
export const useSchemaForm = <S extends FormSchema>(
  schema: S,
  defaultValues: DefaultValues<z.input<S>>,
): SchemaForm<S> =>
  useForm<z.input<S>, unknown, z.output<S>>({
    resolver: zodResolver(schema),
    defaultValues,
    mode: 'onSubmit',
    reValidateMode: 'onChange',
  })

/** Puts the problems of an AppError at their fields, the first one focused; what has no field becomes the form's own. */
export const showServerProblems = <S extends FormSchema>(form: SchemaForm<S>, thrown: unknown): void => {
  const fields = thrown instanceof AppError ? Object.entries(thrown.fields ?? {}) : []
  const shown = fields.filter(([path]) => path !== '')
  for (const [index, [path, message]] of shown.entries()) {
    // The server names fields as the input does, which is how the form names them.
    form.setError(path as FieldPath<z.input<S>>, { type: 'server', message }, { shouldFocus: index === 0 })
  }
  if (shown.length === 0) {
    form.setError('root', { message: thrown instanceof Error ? thrown.message : 'This could not be saved.' })
  }
}

const plain = (value: unknown): string =>
  JSON.stringify(value ?? null, (_, part: unknown) => (typeof part === 'bigint' ? `${part}n` : part))

/**
 * Saves what the form holds and goes on from what `save` gives, the state as it is now stored. What is typed while that
 * takes its time stays as typed, and is unsaved.
 */
export const saveForm = async <S extends FormSchema>(
  form: SchemaForm<S>,
  save: () => Promise<DefaultValues<z.input<S>>>,
): Promise<void> => {
  const sent = structuredClone(form.getValues())
  const saved = await save()
  const typed = Object.entries(form.getValues()).filter(([name, value]) => plain(value) !== plain(sent[name]))
  form.reset(saved)
  for (const [name, value] of typed) {
    // A value of the form under the name that it has there.
    form.setValue(name as FieldPath<z.input<S>>, value, { shouldDirty: true })
  }
}

type FormProps<S extends FormSchema> = {
  readonly form: SchemaForm<S>
  /** Saves; a thrown AppError appears at its fields. */
  readonly onSubmit: (values: z.output<S>) => unknown
  readonly children: ReactNode
  readonly id?: string
  readonly label?: string
}

/** A form that comes into an open dialog late, as its data does, takes the focus that a dialog gives at its opening. */
const useLateFocus = (element: RefObject<HTMLFormElement | null>) => {
  useEffect(() => {
    const dialog = element.current?.closest('[role="dialog"]')
    if (!dialog?.contains(document.activeElement)) return
    element.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus()
  }, [element])
}

/** The form element: refuses unreadable numbers, validates, submits once, shows what the server refused. */
export const Form = <S extends FormSchema>({ form, onSubmit, children, id, label }: FormProps<S>) => {
  const element = useRef<HTMLFormElement>(null)
  useLateFocus(element)
  const submit = useCallback(
    async (event: FormEvent<HTMLFormElement>) => {
      event.preventDefault()
      // A dialog's form lies inside another form's tree only in React; it must not submit that one too.
      event.stopPropagation()
      const invalid = [...event.currentTarget.querySelectorAll<HTMLInputElement>('input:invalid')]
      // Empty required fields are invalid to the browser too, but the schema has better words for them.
      const unreadable = invalid.find((input) => input.validity.customError)
      if (unreadable !== undefined) return unreadable.focus()
      await form.handleSubmit(async (values) => {
        try {
          await onSubmit(values)
        } catch (thrown) {
          showServerProblems(form, thrown)
        }
      })(event)
    },
    [form, onSubmit],
  )
  const problem = form.formState.errors.root?.message
  return (
    <form
      ref={element}
      onSubmit={(event) => void submit(event)}
      noValidate
      className={classes['form']}
      id={id}
      aria-label={label}
    >
      {problem !== undefined && (
        <p role="alert" className={classes['problem']}>
          {problem}
        </p>
      )}
      {children}
    </form>
  )
}

type FieldProps<V extends FieldValues, N extends FieldPath<V>, T> = {
  readonly control: Control<V, unknown, T>
  readonly name: N
  /** Draws the input: spread the bound props into any input of this kit or of the library. */
  readonly children: (bound: ControllerRenderProps<V, N> & { readonly error: string | undefined }) => ReactNode
}

/** Binds one input to one field: value, change, blur, focus on error, message. */
export const Field = <V extends FieldValues, N extends FieldPath<V>, T>({
  control,
  name,
  children,
}: FieldProps<V, N, T>) => {
  const { field, fieldState } = useController({ control, name })
  return children({ ...field, error: fieldState.error?.message })
}

/** Fields side by side, one above the other where the window is narrow. */
export const FieldRow = ({ children }: { readonly children: ReactNode }) => (
  <div className={classes['row']}>{children}</div>
)

type SectionProps = { readonly title: string; readonly hint?: string; readonly children: ReactNode }

/** A part of a form with its heading and one line of explanation. */
export const FormSection = ({ title, hint, children }: SectionProps) => (
  <section className={classes['section']}>
    <div className={classes['about']}>
      <h2>{title}</h2>
      {hint !== undefined && <p>{hint}</p>}
    </div>
    <div className={classes['fields']}>{children}</div>
  </section>
)
