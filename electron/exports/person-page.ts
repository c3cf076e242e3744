import { toDecimalString } from '../../shared/money/decimal-string.ts'
import { inHtml, pagePolicy, pageStyle } from './index-page.ts'

export type PersonRow = Readonly<Record<string, unknown>>
export type PersonTable = { readonly name: string; readonly about: string; readonly rows: readonly PersonRow[] }
export type PersonFile = { readonly path: string; readonly title: string }

type PersonFacts = {
  readonly businessName: string
  readonly madeAt: string
  readonly tables: readonly PersonTable[]
  readonly files: readonly PersonFile[]
}

// What a person has no use for on paper; data.json has all of it.
const hidden =
  /^(id|version|organizationId|updatedAt|deletedAt|position|counter|period|minorUnits|.*Id|.*Sha256|sha256)$/

const wordsOf = (key: string): string => {
  const words = key
    .replace(/E(4|6|10)$/, '')
    .replace(/([A-Z0-9]+)/g, ' $1')
    .toLowerCase()
    .trim()
  return words.charAt(0).toUpperCase() + words.slice(1)
}

const textOf = (key: string, value: unknown): string => {
  if (typeof value !== 'bigint') return String(value)
  const scale = Number(/E(4|6|10)$/.exec(key)?.[1] ?? 0)
  return toDecimalString(value, scale, scale === 4 ? 2 : 0)
}

const isEmpty = (value: unknown) => value === null || value === '' || value === '[]' || value === '{}'

const fields = (row: PersonRow) =>
  Object.entries(row)
    .filter(([key, value]) => !hidden.test(key) && !isEmpty(value))
    .map(([key, value]) => `<tr><th>${inHtml(wordsOf(key))}</th><td>${inHtml(textOf(key, value))}</td></tr>`)
    .join('')

const titleOf = (name: string) => wordsOf(name.replaceAll('_', ' '))

const section = ({ name, about, rows }: PersonTable) => `<h2>${inHtml(titleOf(name))} (${rows.length})</h2>
<p class="muted">${inHtml(about)}</p>
${rows.map((row) => `<table>${fields(row)}</table>`).join('\n')}`

/** A page of plain HTML that shows all that is kept of a client; it needs no program but a browser. */
export const personPage = ({ businessName, madeAt, tables, files }: PersonFacts): string => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${pagePolicy}">
<meta name="viewport" content="width=device-width"><title>What ${inHtml(businessName)} keeps of you</title>
<style>${pageStyle}
table{margin:0 0 1.25rem}th{font-weight:normal;color:#6b6a66;width:14rem;vertical-align:top}td{white-space:pre-wrap;overflow-wrap:anywhere}
</style></head><body>
<h1>What ${inHtml(businessName)} keeps of you</h1>
<p class="muted">Made ${inHtml(madeAt.slice(0, 10))}. The same for programs is in <a href="data.json">data.json</a>.</p>
${
  files.length === 0
    ? ''
    : `<h2>Files (${files.length})</h2><ul>${files.map(({ path, title }) => `<li><a href="${inHtml(path)}">${inHtml(title)}</a></li>`).join('')}</ul>`
}
${tables.map(section).join('\n')}
</body></html>
`
