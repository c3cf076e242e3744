import { toDecimalString } from '../../../shared/money/decimal-string.ts'
import { type Amount, digits, type Percent, type Quantity, type UnitPrice } from '../../../shared/money/scaled.ts'

// Two decimals whatever the currency has, more only where the amount has them: a rule of EN 16931 tells of those.
/** An amount as e-invoices write it: `12.30`. */
export const amountText = (value: Amount | null): string | null =>
  value === null ? null : toDecimalString(value, digits.amount, 2)

/** A price as e-invoices write it: at least two decimals, all that it has. */
export const priceText = (value: UnitPrice | null): string | null =>
  value === null ? null : toDecimalString(value, digits.unitPrice, 2)

/** A quantity with the decimals that it has. */
export const quantityText = (value: Quantity | null): string | null =>
  value === null ? null : toDecimalString(value, digits.quantity)

/** A percentage: `20`, `9.975`. */
export const percentText = (value: Percent | null): string | null =>
  value === null ? null : toDecimalString(value, digits.percent)

/** A date as CII writes it: YYYYMMDD. */
export const compactDate = (date: string | null): string | null => date?.replaceAll('-', '') ?? null
