import type { TaxId } from '../../shared/contract/fields.ts'
import { AppError } from '../../shared/errors.ts'
import { taxIdProblems } from '../../shared/tax/ids/problems.ts'

/** AppError VALIDATION for a number that fails its check and is new, unless it is kept with a reason. */
export const assertTaxIds = (ids: readonly TaxId[], country: string | null, before: readonly TaxId[] = []): void => {
  const fields = taxIdProblems(ids, country, before)
  const [first] = Object.values(fields)
  if (first !== undefined)
    throw new AppError('VALIDATION', `${first} Correct it, or say why it is kept as it is.`, { fields })
}
