const rightToLeft = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u
const letters = /\p{L}/gu

/** Whether a text has letters that are read from right to left. */
export const hasRightToLeft = (text: string): boolean => rightToLeft.test(text)

const addresses = /\S+:\/\/\S+|\S+@\S+|www\.\S+/g

/**
 * The direction of a text as a whole, whatever name it begins with: from right to left where a third of its letters are
 * read so, as names and bank details often stand in Latin ones.
 */
export const directionOf = (text: string): 'ltr' | 'rtl' => {
  let all = 0
  let turned = 0
  for (const [letter] of text.replace(addresses, '').matchAll(letters)) {
    all += 1
    if (rightToLeft.test(letter)) turned += 1
  }
  return turned > 0 && turned * 3 >= all ? 'rtl' : 'ltr'
}

/**
 * The direction of one line of such a text. A telephone number or an IBAN keeps its own: its groups would be read
 * backwards in a line that runs from right to left.
 */
export const directionOfLine = (line: string, text: 'ltr' | 'rtl'): 'ltr' | 'rtl' =>
  text === 'rtl' && !hasRightToLeft(line) ? 'ltr' : text

const languages = new Set(['ar', 'he', 'fa', 'ur', 'ps', 'sd', 'ug', 'yi', 'dv'])

/** The direction that a language is written in, by its BCP 47 tag. */
export const directionOfLanguage = (language: string): 'ltr' | 'rtl' =>
  languages.has(language.toLowerCase().split(/[-_]/)[0] ?? '') ? 'rtl' : 'ltr'
