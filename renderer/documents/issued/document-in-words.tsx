import type { Invoice } from '../../../shared/contract/invoices.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { useBranches } from '../../app/branches.ts'
import { useFormats } from '../../ui/locale.tsx'
import type { DocumentContent } from '../document-content.ts'
import type { DocumentWords } from '../document-kind.ts'
import { unitName } from '../editor/units.ts'

type Props = {
  readonly words: Pick<DocumentWords, 'title' | 'payable'>
  readonly document: Pick<Invoice, 'number' | 'clientName' | 'totals'> & { readonly content: DocumentContent }
}

/** The document as text for those who do not see its picture. */
export const DocumentInWords = ({ words, document }: Props) => {
  const formats = useFormats()
  const { content, totals } = document
  const { all, nameOf } = useBranches()
  const money = (value: Amount) => formats.amount(value, content.currency)
  return (
    <section className="visually-hidden" aria-label={`${words.title} ${document.number} in words`}>
      <p>
        {words.title} {document.number} for {document.clientName}, dated {formats.date(content.issuedOn)}
        {!content.dueOn ? '' : `, due ${formats.date(content.dueOn)}`}
        {content.reference === null ? '' : `, reference ${content.reference}`}
        {all.length === 0 ? '' : `, of ${nameOf(content.branchId)}`}.
      </p>
      <table>
        <caption>Lines</caption>
        <thead>
          <tr>
            <th scope="col">Description</th>
            <th scope="col">Quantity</th>
            <th scope="col">Price</th>
          </tr>
        </thead>
        <tbody>
          {content.lines.map((line) => (
            <tr key={line.id}>
              <th scope="row">{line.name}</th>
              <td>
                {formats.quantity(line.quantityE6)} {unitName(line.unit)}
              </td>
              <td>{formats.price(line.priceE6, content.currency)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p>
        Net {money(totals.netE4)}, tax {money(totals.taxE4)}, {words.payable.toLowerCase()} {money(totals.payableE4)}.
      </p>
    </section>
  )
}
