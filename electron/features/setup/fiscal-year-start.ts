import { fiscalYearOf } from '../../../shared/dates.ts'
import { AppError } from '../../../shared/errors.ts'

/** Refuses a start of the fiscal year that no calendar has, such as 02-30; AppError VALIDATION. */
export const assertFiscalYearStart = (start: string): void => {
  try {
    fiscalYearOf('2024-12-31', start)
  } catch {
    const message = `There is no ${start} in the calendar. Enter month and day, such as 04-01.`
    throw new AppError('VALIDATION', message, { fields: { fiscalYearStart: message } })
  }
}
