// What a spreadsheet takes for a formula when a cell begins with it (OWASP, CSV injection), the full-width signs of
// Japanese keyboards included, also behind a quotation mark; and what is already marked as text, so that taking the
// mark off gives back exactly what was.
const formula = /^'*"?[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
const marked = /^'(?='*"?[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/

/** Text that a spreadsheet shows as it is: what it would take for a formula gets an apostrophe in front. */
export const guardFormula = (text: string): string => (formula.test(text) ? `'${text}` : text)

/** Text without the apostrophe that `guardFormula` puts in front; any other text as it is. */
export const withoutGuard = (text: string): string => text.replace(marked, '')
