const weighted = (digits: string, weights: readonly number[]): number =>
  weights.reduce((sum, weight, at) => sum + weight * Number(digits[at] ?? '0'), 0)

/** GLN and other GS1 numbers: weights 3 and 1 from the right, sum a multiple of 10. */
export function isGln(id: string): boolean {
  if (!/^\d+$/.test(id)) return false
  const sum = [...id].reverse().reduce((total, digit, at) => total + Number(digit) * (at % 2 === 0 ? 1 : 3), 0)
  return sum % 10 === 0
}

/** Norwegian organisation number: 9 digits, modulus 11. */
export function isNorwegian(id: string): boolean {
  if (!/^\d{9}$/.test(id) || Number(id) === 0) return false
  return (11 - (weighted(id, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11 === Number(id[8])
}

/** Danish CVR number as Peppol writes it: DK and 8 digits. */
export const isDanish = (id: string): boolean => /^DK\d{8}$/.test(id)

/** Belgian enterprise number: 8 digits, and 97 less their remainder. */
export const isBelgian = (id: string): boolean =>
  /^\d{10}$/.test(id) && 97 - (Number(id.slice(0, 8)) % 97) === Number(id.slice(8))

/** Swedish organisation number: 10 digits, Luhn. */
export function isSwedish(id: string): boolean {
  if (!/^\d{10}$/.test(id)) return false
  const sum = [...id].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** Australian Business Number: 11 digits, modulus 89 with the first digit less one. */
export const isAustralian = (id: string): boolean =>
  /^\d{11}$/.test(id) && (weighted(id, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0

/** Italian office code of the public administration: 6 letters or digits. */
export const isItalianOffice = (id: string): boolean => /^[A-Za-z0-9]{6}$/.test(id)

/** Italian tax code: 16 characters in its pattern, or 11 digits. */
export const isItalianTaxCode = (id: string): boolean =>
  /^\d{11}$/.test(id) || /^[A-Za-z]{6}\d{2}[A-Za-z]\d{2}.{3}\d[A-Za-z]$/.test(id)

/** Italian VAT number with IT in front, 11 digits, Luhn; numbers of other countries are not judged. */
export function isItalianVat(id: string): boolean {
  if (!/^it/i.test(id)) return true
  const digits = id.slice(2)
  if (!/^\d{11}$/.test(digits)) return false
  const sum = [...digits].reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 1 : 2)
    return total + (value > 9 ? value - 9 : value)
  }, 0)
  return sum % 10 === 0
}

/** IBAN: country, two check digits, modulus 97 of the whole is 1; spaces do not count. */
export function isIban(text: string): boolean {
  const id = text.replace(/\s/g, '')
  if (!/^[A-Z]{2}\d{2}[A-Za-z0-9]{1,30}$/.test(id)) return false
  const moved = `${id.slice(4)}${id.slice(0, 4)}`.toUpperCase()
  let remainder = 0
  for (const character of moved) {
    const value = Number.parseInt(character, 36)
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97
  }
  return remainder === 1
}
