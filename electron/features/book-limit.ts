import { AppError } from '../../shared/errors.ts'

/** Most that one document may come to, in e4: ten trillion, so that sums over years of documents stay within 64 bits. */
const bookLimit = 10n ** 17n

/** Refuses amounts that the books cannot add up; AppError VALIDATION at `field`. */
export const assertBookable = (field: string, amounts: readonly bigint[]): void => {
  if (amounts.every((amount) => amount <= bookLimit && amount >= -bookLimit)) return
  const message = 'This comes to more than 10,000,000,000,000. Check prices, quantities and the exchange rate.'
  throw new AppError('VALIDATION', message, { fields: { [field]: message } })
}
