import { AppError } from '../../shared/errors.ts'
import { checkElectronicAddress } from '../../shared/tax/ids/electronic-address.ts'

type Party = {
  readonly electronicAddress?: string | null | undefined
  readonly electronicAddressScheme?: string | null | undefined
  readonly legalId?: string | null | undefined
  readonly legalIdScheme?: string | null | undefined
}
type Changes = { -readonly [K in keyof Party]?: string | null }

const pairs = [
  ['electronicAddress', 'electronicAddressScheme'],
  ['legalId', 'legalIdScheme'],
] as const

/**
 * Address and register number of a business in their one way of writing, to lay over what was typed. AppError VALIDATION
 * for one that fails the check of its scheme and is new; a mail address says by itself what it is.
 */
export const checkedAddresses = (typed: Party, before: Party = {}): Changes => {
  const changes: Changes = {}
  const fields: Record<string, string> = {}
  for (const [idField, schemeField] of pairs) {
    if (typed[idField] === undefined && typed[schemeField] === undefined) continue
    const id = (typed[idField] === undefined ? before[idField] : typed[idField]) ?? null
    const scheme = (typed[schemeField] === undefined ? before[schemeField] : typed[schemeField]) ?? null
    if (id === null || (id === (before[idField] ?? null) && scheme === (before[schemeField] ?? null))) continue
    if (scheme === null && idField === 'legalId') continue
    const code = scheme ?? (id.includes('@') ? 'EM' : null)
    if (code === null) {
      fields[schemeField] = 'Choose what kind of address this is.'
      continue
    }
    const check = checkElectronicAddress(code, id)
    if (!check.ok) fields[idField] = check.problem
    else Object.assign(changes, { [idField]: check.value, [schemeField]: code })
  }
  const [first] = Object.values(fields)
  if (first !== undefined) throw new AppError('VALIDATION', first, { fields })
  return changes
}
