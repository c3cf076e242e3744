import { type Mt940Line, type Mt940Statement, readBalance, readLine } from './mt940-fields.ts'
import { BankFileError } from './statement.ts'

type Field = { readonly tag: string; readonly line: number; readonly content: string[] }

const tagPattern = /^:(\d{2}[A-Z]?|NS):(.*)$/
const endPattern = /^-(\}.*|XXX)?\s*$/

/** The tagged fields of a file; headers, envelopes and trailers around them are passed over. */
const fieldsOf = (text: string): Field[] => {
  const fields: Field[] = []
  let open: Field | null = null
  for (const [index, raw] of text.split(/\r\n?|\n/).entries()) {
    // `{1:…}{2:…}{4:` may stand before the first field on its line.
    const row = raw.startsWith('{') ? raw.replace(/^(\{[^{}]*(\{[^{}]*\})*\}?)*/, '') : raw
    const match = tagPattern.exec(row)
    if (match !== null) {
      open = { tag: match[1] ?? '', line: index + 1, content: [match[2] ?? ''] }
      fields.push(open)
    } else if (endPattern.test(row)) open = null
    else if (row.trim() !== '') open?.content.push(row.trimEnd())
  }
  return fields
}

type Draft = { -readonly [K in keyof Mt940Statement]: Mt940Statement[K] } & { lines: Mt940Line[] }

const begin = (line: number): Draft => ({
  line,
  reference: null,
  relatedReference: null,
  account: null,
  number: null,
  sequence: null,
  opening: null,
  closing: null,
  available: null,
  lines: [],
  information: '',
})

const joined = (...parts: readonly string[]) => parts.filter((part) => part !== '').join('\n')

const addDetails = (draft: Draft, text: string) => {
  const last = draft.closing === null ? draft.lines.at(-1) : undefined
  if (last === undefined) draft.information = joined(draft.information, text)
  else draft.lines[draft.lines.length - 1] = { ...last, details: joined(last.details, text) }
}

const take = (draft: Draft, { tag, line, content }: Field): void => {
  const text = content.join('\n').trim()
  const [first = ''] = content
  switch (tag) {
    case '20':
      draft.reference = first.trim()
      break
    case '21':
      draft.relatedReference = first.trim()
      break
    case '25':
    case '25P':
      draft.account = first.trim()
      break
    case '28':
    case '28C': {
      const [number = '', sequence] = first.trim().split('/')
      draft.number = number
      draft.sequence = sequence ?? null
      break
    }
    case '60F':
    case '60M':
      draft.opening = readBalance(first, tag === '60M', line)
      break
    case '62F':
    case '62M':
      draft.closing = readBalance(first, tag === '62M', line)
      break
    case '64':
      draft.available = readBalance(first, false, line)
      break
    case '61':
      draft.lines.push({ ...readLine(content, line), details: '' })
      break
    case '86':
      addDetails(draft, text)
      break
  }
}

/** The statements of an MT940 or MT942 file as written; BankFileError with the line of what cannot be read. */
export const readMt940 = (text: string): readonly Mt940Statement[] => {
  const statements: Draft[] = []
  for (const field of fieldsOf(text)) {
    let open = statements.at(-1)
    if (open === undefined || field.tag === '20') {
      open = begin(field.line)
      statements.push(open)
    }
    take(open, field)
  }
  if (statements.length === 0) throw new BankFileError(1, 'No field of a statement (such as :20:) was found.')
  return statements
}
