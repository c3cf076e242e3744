import { Button } from '@mantine/core'
import { IconStarFilled } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { Address } from '../../../shared/contract/fields.ts'
import { useApiQuery } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { termsText } from '../../ui/terms-field.tsx'
import { useGroupNames, useInheritedTerms } from './client-groups.tsx'
import classes from './client-page.module.css'
import type { SavedClient } from './client-values.ts'

const addressLines = (address: Address, locale: string): string[] => {
  const country =
    address.country === null ? null : (new Intl.DisplayNames([locale], { type: 'region' }).of(address.country) ?? null)
  return [
    address.line1,
    address.line2,
    [address.postalCode, address.city].filter(Boolean).join(' '),
    address.region,
    country,
  ].filter((line): line is string => line !== null && line !== '')
}

const Detail = ({ label, children }: { readonly label: string; readonly children: ReactNode }) => (
  <div>
    <dt>{label}</dt>
    <dd>{children}</dd>
  </div>
)

const Lines = ({ lines }: { readonly lines: readonly string[] }) => (
  <>
    {lines.map((line) => (
      <span key={line} className={classes['line']}>
        {line}
      </span>
    ))}
  </>
)

const Facts = ({ client }: { readonly client: SavedClient }) => {
  const { locale } = useFormats()
  const { type, manager } = useGroupNames(client)
  const usual = useApiQuery('organizations', 'get', {}).data?.paymentTermsDays ?? 30
  const inherited = useInheritedTerms(client.clientTypeId, usual)
  const address = addressLines(client.address, locale)
  const delivery = client.deliveryAddress === null ? [] : addressLines(client.deliveryAddress, locale)
  return (
    <dl className={classes['facts']}>
      <Detail label="Address">{address.length === 0 ? 'None yet' : <Lines lines={address} />}</Detail>
      {delivery.length > 0 && (
        <Detail label="Delivery address">
          <Lines lines={delivery} />
        </Detail>
      )}
      {client.taxIds.map((taxId) => (
        <Detail key={`${taxId.label} ${taxId.value}`} label={taxId.label}>
          {taxId.value}
        </Detail>
      ))}
      {type !== null && <Detail label="Client type">{type}</Detail>}
      {manager !== null && <Detail label="Account manager">{manager}</Detail>}
      <Detail label="Payment terms">
        {client.paymentTermsDays === null ? inherited : termsText(client.paymentTermsDays)}
      </Detail>
      {client.currency !== null && <Detail label="Currency">{client.currency}</Detail>}
      {client.language !== null && (
        <Detail label="Language">
          {new Intl.DisplayNames([locale], { type: 'language' }).of(client.language) ?? client.language}
        </Detail>
      )}
      {client.website !== null && <Detail label="Website">{client.website}</Detail>}
      {client.summary !== null && (
        <Detail label="About">
          <span className={classes['text']}>{client.summary}</span>
        </Detail>
      )}
    </dl>
  )
}

type Props = { readonly client: SavedClient; readonly onContacts: () => void }

/** Who the client is, and the people there. */
export const ClientDetails = ({ client, onContacts }: Props) => (
  <div className={classes['side']}>
    <Panel title="Details">
      <Facts client={client} />
    </Panel>
    <Panel
      title="People"
      actions={
        <Button variant="subtle" size="compact-sm" onClick={onContacts}>
          {client.contacts.length === 0 ? 'Add a contact' : 'All contacts'}
        </Button>
      }
    >
      {client.contacts.length === 0 ? (
        <p className={classes['quiet']}>Nobody is named yet.</p>
      ) : (
        <ul className={classes['people']}>
          {client.contacts.slice(0, 4).map((contact) => (
            <li key={contact.id}>
              <span className={classes['person']}>
                {contact.name}
                {contact.isPrimary && (
                  <span className={classes['primary']}>
                    <IconStarFilled size={11} aria-hidden="true" /> Primary
                  </span>
                )}
              </span>
              <span className={classes['quiet']}>
                {[contact.role, contact.email, contact.phone].filter(Boolean).join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  </div>
)
