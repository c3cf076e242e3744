import type { TaxId } from '../contract/fields.ts'
import { compact } from './ids/scheme.ts'
import { type RegistrationFields, registrationOn } from './registrations.ts'

// One number may be typed with the letters of its country and without them.
const isSame = (one: string, other: string): boolean => {
  const [a, b] = [compact(one), compact(other)]
  return a === b || a.slice(2) === b || b.slice(2) === a
}

/**
 * The numbers that a seller shows on a day: its own, and the one of the tax registration in force, which goes before
 * others of its name and is not said twice. Numbers of registrations that are not in force then are left out.
 * `label` is what the country calls such a number.
 */
export const sellerTaxIds = (
  own: readonly TaxId[],
  registrations: readonly RegistrationFields[],
  on: string,
  label: string,
): TaxId[] => {
  const current = registrationOn(registrations, on)
  const number = current?.number ?? null
  if (current === null || number === null) return [...own]
  const others = registrations.flatMap((it) => (it.number === null || isSame(it.number, number) ? [] : [it.number]))
  const standing = own.filter(({ value }) => !others.some((other) => isSame(other, value)))
  const known = standing.find(({ value }) => isSame(value, number))
  const shown: TaxId = known ?? {
    label,
    value: number,
    ...(current.numberKeptReason === null ? {} : { keptReason: current.numberKeptReason }),
  }
  const rest = standing.filter((it) => it !== known)
  const named = rest.findIndex((it) => it.label.toLowerCase() === shown.label.toLowerCase())
  const place = known === undefined ? Math.max(named, 0) : standing.indexOf(known)
  const at = named < 0 ? place : Math.min(named, place)
  return [...rest.slice(0, at), shown, ...rest.slice(at)]
}

/** Whether one of some ids is this number. */
export const hasTaxNumber = (ids: readonly TaxId[], number: string): boolean =>
  ids.some(({ value }) => isSame(value, number))
