/**
 * The scaled integers that carry every amount of the product. The suffix of a column or field names the scale:
 * `_e4` amounts, `_e6` unit prices, quantities and percentages, `_e10` exchange rates. Each is a brand of its own,
 * so that a price cannot be passed where an amount is meant; only this folder makes new ones.
 */
declare const scale: unique symbol

/** A sum of money in ten-thousandths of the currency unit (DECIMAL(19,4)). */
export type Amount = bigint & { readonly [scale]: 'e4' }
/** A price per unit in millionths of the currency unit. */
export type UnitPrice = bigint & { readonly [scale]: 'e6-price' }
/** A count or measure in millionths of its unit. */
export type Quantity = bigint & { readonly [scale]: 'e6-quantity' }
/** A percentage in millionths of one percent: 20 % is 20_000000n. */
export type Percent = bigint & { readonly [scale]: 'e6-percent' }
/** Units of the base currency per unit of the document currency, in 1e-10. */
export type ExchangeRate = bigint & { readonly [scale]: 'e10' }

export type Scaled = Amount | UnitPrice | Quantity | Percent | ExchangeRate

/** Digits behind the point of each kind of scaled integer. */
export const digits = { amount: 4, unitPrice: 6, quantity: 6, percent: 6, exchangeRate: 10 } as const

// The one place where a bigint gets its brand: the caller vouches for the scale.
export const amount = (units: bigint): Amount => units as Amount
export const unitPrice = (units: bigint): UnitPrice => units as UnitPrice
export const quantity = (units: bigint): Quantity => units as Quantity
export const percent = (units: bigint): Percent => units as Percent
export const exchangeRate = (units: bigint): ExchangeRate => units as ExchangeRate

export const zero: Amount = amount(0n)
