import type { Held, OrganizationFacts } from '../../../shared/contract/backups.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { useFormats } from '../../ui/locale.tsx'
import classes from './restore.module.css'

const Open = ({ open }: Pick<OrganizationFacts, 'open'>) => {
  const formats = useFormats()
  if (open.length === 0) return <>–</>
  return open.map(({ currency, amountE4 }) => (
    <span key={currency} className={classes['amount']}>
      {/* Columns that end in _e4 are amounts: the contract names them so. */}
      {formats.amount(amountE4 as Amount, currency)}
    </span>
  ))
}

const Newest = ({ newest }: Pick<OrganizationFacts, 'newest'>) => {
  const formats = useFormats()
  if (newest === null) return <>–</>
  return (
    <>
      {newest.number}
      <small>{`${newest.client}, ${formats.date(newest.on)}`}</small>
    </>
  )
}

const Rows = ({ organization }: { readonly organization: OrganizationFacts }) => {
  return (
    <tr>
      <th scope="row">{organization.name}</th>
      <td data-align="end">{organization.clients}</td>
      <td data-align="end">{organization.documents}</td>
      <td data-align="end">{organization.payments}</td>
      <td data-align="end">
        <Open open={organization.open} />
      </td>
      <td>
        <Newest newest={organization.newest} />
      </td>
    </tr>
  )
}

/** What a database holds, business by business. */
export const HeldTable = ({ holds, label }: { readonly holds: Held; readonly label: string }) => (
  // Wide figures scroll within; the keyboard reaches them too.
  // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls has to take the focus
  <section className={classes['scroll']} tabIndex={0} aria-label={label}>
    <table className={classes['held']}>
      <thead>
        <tr>
          <th scope="col">Business</th>
          <th scope="col" data-align="end">
            Clients
          </th>
          <th scope="col" data-align="end">
            Documents
          </th>
          <th scope="col" data-align="end">
            Payments
          </th>
          <th scope="col" data-align="end">
            Open
          </th>
          <th scope="col">Newest invoice</th>
        </tr>
      </thead>
      <tbody>
        {holds.organizations.map((organization) => (
          <Rows key={organization.id} organization={organization} />
        ))}
      </tbody>
    </table>
  </section>
)
