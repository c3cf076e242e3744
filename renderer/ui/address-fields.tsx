import type { Control, FieldPath, FieldValues } from 'react-hook-form'
import { Field, FieldRow } from './form.tsx'
import { CountrySelect } from './place-selects.tsx'
import { TextField } from './text-field.tsx'

type Part = 'line1' | 'line2' | 'city' | 'region' | 'postalCode' | 'country'

type Props<V extends FieldValues, T> = {
  readonly control: Control<V, unknown, T>
  /** The field that holds the address, such as `address`. */
  readonly name: FieldPath<V>
  /** Leaves the country out where it is asked elsewhere. */
  readonly withoutCountry?: boolean
}

/** The lines of a postal address as fields of the surrounding form. */
export const AddressFields = <V extends FieldValues, T>({ control, name, withoutCountry = false }: Props<V, T>) => {
  // `name` is a field that holds an address, so each of its parts is a field too.
  const path = (part: Part) => `${name}.${part}` as FieldPath<V>
  return (
    <>
      <Field control={control} name={path('line1')}>
        {(bound) => <TextField {...bound} label="Street address" autoComplete="off" />}
      </Field>
      <Field control={control} name={path('line2')}>
        {(bound) => <TextField {...bound} label="Building, floor, department" autoComplete="off" />}
      </Field>
      <FieldRow>
        <Field control={control} name={path('postalCode')}>
          {(bound) => <TextField {...bound} label="Postal code" autoComplete="off" />}
        </Field>
        <Field control={control} name={path('city')}>
          {(bound) => <TextField {...bound} label="Town or city" autoComplete="off" />}
        </Field>
      </FieldRow>
      <FieldRow>
        <Field control={control} name={path('region')}>
          {(bound) => <TextField {...bound} label="Region or state" autoComplete="off" />}
        </Field>
        {!withoutCountry && (
          <Field control={control} name={path('country')}>
            {(bound) => <CountrySelect {...bound} label="Country" clearable placeholder="Choose" />}
          </Field>
        )}
      </FieldRow>
    </>
  )
}
