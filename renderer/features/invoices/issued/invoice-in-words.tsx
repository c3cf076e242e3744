import type { Invoice } from '../../../../shared/contract/invoices.ts'
import { useFormats } from '../../../ui/locale.tsx'
import { unitName } from '../editor/units.ts'

/** The document as text for those who do not see its picture. */
export const InvoiceInWords = ({ invoice }: { readonly invoice: Invoice }) => {
  const formats = useFormats()
  const { content, totals } = invoice
  const money = (value: Invoice['openE4']) => formats.amount(value, content.currency)
  return (
    <section className="visually-hidden" aria-label={`Invoice ${invoice.number} in words`}>
      <p>
        Invoice {invoice.number} for {invoice.clientName}, dated {formats.date(content.issuedOn)}
        {content.dueOn === null ? '' : `, due ${formats.date(content.dueOn)}`}
        {content.reference === null ? '' : `, reference ${content.reference}`}.
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
        Net {money(totals.netE4)}, tax {money(totals.taxE4)}, amount due {money(totals.payableE4)}.
      </p>
    </section>
  )
}
