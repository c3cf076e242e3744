import { minorUnitsOf } from '../../shared/money/currencies.ts'
import { toDecimalString } from '../../shared/money/decimal-string.ts'
import { type Amount, digits } from '../../shared/money/scaled.ts'

export type IndexDocument = {
  readonly kind: string
  readonly number: string
  readonly clientName: string
  readonly on: string
  readonly currency: string
  readonly totalE4: Amount
  readonly state: string
  readonly file?: string | null
  readonly xmlFile?: string | null
}

type IndexFacts = {
  readonly businessName: string
  readonly madeAt: string
  readonly from: string | null
  readonly to: string | null
  readonly counts: readonly { readonly name: string; readonly title: string; readonly rows: number }[]
  readonly workbook: boolean
  /** Titles of what is not in it, as whoever made it may not see it. */
  readonly leftOut: readonly string[]
  readonly documents: readonly IndexDocument[]
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
/** Text as HTML shows it. */
export const inHtml = (text: string) => text.replace(/[&<>"']/g, (character) => escapes[character] ?? character)

const titles: Readonly<Record<string, string>> = { invoice: 'Invoices', 'credit-note': 'Credit notes', quote: 'Quotes' }

const documentRow = ({ number, clientName, on, currency, totalE4, state, file, xmlFile }: IndexDocument) => {
  const xml = xmlFile ? `<a href="${inHtml(xmlFile)}">XML</a>` : ''
  const name = file ? `<a href="${inHtml(file)}">${inHtml(number)}</a>` : inHtml(number)
  const total = toDecimalString(totalE4, digits.amount, minorUnitsOf(currency))
  return `<tr><td>${name}</td><td>${on}</td><td>${inHtml(clientName)}</td><td>${inHtml(state)}</td><td class="n">${total}</td><td>${currency}</td><td>${xml}</td></tr>`
}

const section = (kind: string, documents: readonly IndexDocument[]) =>
  documents.length === 0
    ? ''
    : `<h2>${titles[kind] ?? inHtml(kind)} (${documents.length})</h2>
<table><thead><tr><th>Number</th><th>Date</th><th>Client</th><th>State</th><th class="n">Total</th><th></th><th></th></tr></thead>
<tbody>${documents.map(documentRow).join('\n')}</tbody></table>`

// It runs nothing and asks nobody: no script, no address outside the archive.
export const pagePolicy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self'"

// The look of both pages.
export const pageStyle = `
body{font:14px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#1b1b1a}
h1{font-size:1.4rem;margin:0}h2{font-size:1.05rem;margin:2rem 0 .5rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #e4e2dd}
.n{text-align:right;font-variant-numeric:tabular-nums}.muted{color:#6b6a66}
`

/** A page of plain HTML that leads to everything in an archive; it needs no program but a browser. */
export const indexPage = ({
  businessName,
  madeAt,
  from,
  to,
  counts,
  workbook,
  leftOut,
  documents,
}: IndexFacts): string => {
  const span = from === null && to === null ? 'Everything' : `${from ?? 'the beginning'} to ${to ?? 'today'}`
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="${pagePolicy}">
<meta name="viewport" content="width=device-width"><title>${inHtml(businessName)} – books</title>
<style>${pageStyle}</style></head><body>
<h1>${inHtml(businessName)}</h1>
<p class="muted">${inHtml(span)}. Made ${inHtml(madeAt.slice(0, 10))}.${workbook ? ' The same tables are in <a href="books.xlsx">books.xlsx</a>.' : ''}</p>
<h2>Tables</h2>
<table><tbody>${counts
    .map(
      ({ name, title, rows }) =>
        `<tr><td><a href="csv/${name}.csv">${inHtml(title)}</a></td><td class="n">${rows}</td></tr>`,
    )
    .join('\n')}</tbody></table>
${leftOut.length === 0 ? '' : `<p class="muted">Left out, as it is not part of the role of whoever made this: ${inHtml(leftOut.join(', '))}.</p>`}
${Object.keys(titles)
  .map((kind) =>
    section(
      kind,
      documents.filter((document) => document.kind === kind),
    ),
  )
  .join('\n')}
</body></html>
`
}
