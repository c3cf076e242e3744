import { contract } from '../../../shared/contract/index.ts'
import { type SchemaForm, useSchemaForm } from '../../ui/form.tsx'
import type { Country } from './country-guess.ts'

export const setupSchema = contract.setup.createOrganization.input

export type SetupForm = SchemaForm<typeof setupSchema>

export const useSetupForm = (): SetupForm =>
  useSchemaForm(setupSchema, {
    legalName: '',
    country: '',
    ownerName: null,
    email: null,
    currency: null,
    language: null,
    timezone: null,
    fiscalYearStart: null,
    address: { line1: null, city: null, postalCode: null },
    taxId: null,
    taxIdKeptReason: null,
    chargesTax: true,
  })

/** Takes over everything that a country decides. */
export const applyCountry = (form: SetupForm, country: Country): void => {
  form.setValue('country', country.code, { shouldValidate: form.formState.isSubmitted })
  form.setValue('currency', country.currency)
  form.setValue('language', country.language)
  form.setValue('timezone', country.timezone)
  form.setValue('fiscalYearStart', country.fiscalYearStart)
  form.setValue('chargesTax', true)
}

/** Which screen asks for which fields; a refused field leads back to its screen. */
export const fieldsOfStep = [
  ['legalName', 'country'],
  ['currency', 'language', 'timezone', 'fiscalYearStart', 'chargesTax'],
  ['ownerName', 'email', 'address', 'taxId', 'taxIdKeptReason'],
] as const

/** The screen of the first field that has a problem. */
export const stepOfProblem = (names: readonly string[]): number => {
  const found = fieldsOfStep.findIndex((fields) => fields.some((field) => names.includes(field)))
  return found < 0 ? fieldsOfStep.length - 1 : found
}
