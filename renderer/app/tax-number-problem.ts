import { checkLabelledId, checkTaxId } from '../../shared/tax/ids/index.ts'

/** What is wrong with a tax number under its label in a country, with an example; null where nothing is. */
export const taxNumberProblem = (label: string, country: string | null, value: string): string | null => {
  if (value.trim() === '') return null
  const check = checkLabelledId(label, country, value)
  return check.ok ? null : `${check.problem} Example: ${check.example}.`
}

/** The same by the id of a scheme, such as IBAN. */
export const numberProblem = (scheme: string, value: string | null | undefined): string | null => {
  if (value === null || value === undefined || value.trim() === '') return null
  const check = checkTaxId(scheme, value)
  return check.ok ? null : `${check.problem} Example: ${check.example}.`
}
