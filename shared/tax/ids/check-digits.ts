import { digitsOf } from './scheme.ts'

/** Luhn sum modulo 10 of digits whose last one is the check digit; zero when it fits (ISO/IEC 7812-1, annex B). */
export const luhn = (text: string): number =>
  [...digitsOf(text)].reverse().reduce((all, digit, index) => {
    const doubled = index % 2 === 1 ? digit * 2 : digit
    return all + (doubled > 9 ? doubled - 9 : doubled)
  }, 0) % 10

/** ISO/IEC 7064 MOD 11,10: whether the last digit fits. */
export const fitsMod1110 = (text: string): boolean => {
  const digits = digitsOf(text)
  let check = 5
  for (const digit of digits) check = ((((check === 0 ? 10 : check) * 2) % 11) + digit) % 10
  return check === 1
}

/** A long number modulo a small one, digit by digit; letters count 10 (A) to 35 (Z), as ISO 13616 and ISO 7064 say. */
export const remainder = (text: string, modulus: number): number => {
  let rest = 0
  for (const char of text) {
    for (const digit of String(Number.parseInt(char, 36))) rest = (rest * 10 + Number(digit)) % modulus
  }
  return rest
}

/** Whether the check digit of a GS1 number fits: weights 3, 1, 3, 1 from the right (GS1 General Specifications, 7.9). */
export const fitsGs1 = (text: string): boolean => {
  const sum = [...digitsOf(text)].reverse().reduce((all, digit, index) => all + digit * (index % 2 === 1 ? 3 : 1), 0)
  return sum % 10 === 0
}

/** Whether two digits each for year, month and day can be a date, with any century. */
export const looksLikeDate = (month: number, day: number): boolean => month >= 1 && month <= 12 && day >= 1 && day <= 31
