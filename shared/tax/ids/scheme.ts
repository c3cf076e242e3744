/** What a check of a tax or registration number found: its one way of writing, or what is wrong in words. */
export type IdCheck =
  | { readonly ok: true; readonly value: string }
  | { readonly ok: false; readonly value: string; readonly problem: string; readonly example: string }

/** One kind of number: who gives it, how it looks, whether it is right. */
export type IdScheme = {
  readonly id: string
  /** ISO 3166 alpha-2 of the country that gives it; null where it is of no country. */
  readonly country: string | null
  /** With its article, as a sentence begins: `A German VAT number`. */
  readonly name: string
  /** A number that passes; made up or published as an example. */
  readonly example: string
  readonly check: (typed: string) => IdCheck
}

type Shape = {
  readonly id: string
  readonly country: string | null
  readonly name: string
  readonly example: string
  /** What the number looks like, after "is": `DE and 9 digits`. */
  readonly looks: string
  readonly shape: RegExp
  /** Prefix that may be left out when typing; the normal form has it. */
  readonly prefix?: string
  /** Brings typed text to the form that `shape` knows, after spaces and separators are gone. */
  readonly tidy?: (text: string) => string
  /** Whether the check digits fit; gets the number without its prefix. */
  readonly fits?: (body: string) => boolean
}

const separators = /[\s\p{Pd}./\\,·:_'’()]+/gu

/** Text without spaces and separators, in capitals. */
export const compact = (typed: string): string => typed.normalize('NFKC').replace(separators, '').toUpperCase()

/** Makes a scheme of its shape and its check digits. */
export const scheme = (it: Shape): IdScheme => {
  const { id, country, name, example, looks, shape, prefix = '', tidy = (text) => text, fits = () => true } = it
  const fail = (value: string, problem: string): IdCheck => ({ ok: false, value, problem, example })
  return {
    id,
    country,
    name,
    example,
    check: (typed) => {
      const text = compact(typed)
      const body = tidy(prefix !== '' && text.startsWith(prefix) ? text.slice(prefix.length) : text)
      const value = prefix + body
      if (!shape.test(body)) return fail(value, `${name} is ${looks}.`)
      if (!fits(body)) return fail(value, 'The check digit does not fit: a character is wrong or two are swapped.')
      return { ok: true, value }
    },
  }
}

/** The digits of a text as numbers; letters are left out. */
export const digitsOf = (text: string): number[] => [...text].flatMap((char) => (/\d/.test(char) ? [Number(char)] : []))

/** Sum of digit times weight, from the left; digits without a weight count nothing. */
export const weighted = (text: string, weights: readonly number[]): number =>
  digitsOf(text).reduce((all, digit, index) => all + digit * (weights[index] ?? 0), 0)

/** The last character of a text as a number. */
export const lastDigit = (text: string): number => Number(text.slice(-1))
