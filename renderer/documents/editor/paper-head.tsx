import { memo, useEffect, useState } from 'react'
import { taxPointOf } from '../../../shared/tax/propose.ts'
import { sellerTaxIds } from '../../../shared/tax/seller-ids.ts'
import { useApiQuery } from '../../app/queries.ts'
import { addressText } from './address-text.ts'
import { useContent, useEditor } from './editor-context.ts'
import paper from './paper.module.css'

/** The logo as an address that this page can show, or null. */
const useLogo = (): string | null => {
  const logo = useApiQuery('organizations', 'logo', {}).data
  const [address, setAddress] = useState<string | null>(null)
  useEffect(() => {
    if (!logo) return setAddress(null)
    // The bytes come from the wire in a buffer of their own, which the type of a Blob part wants said.
    const made = URL.createObjectURL(new Blob([logo.content as Uint8Array<ArrayBuffer>], { type: logo.mediaType }))
    setAddress(made)
    return () => URL.revokeObjectURL(made)
  }, [logo])
  return address
}

// What the branch of the document shows in place of the business: where it is and how to reach it.
const useLetterhead = () => {
  const { organization } = useEditor()
  const branchId = useContent((content) => content.branchId ?? null)
  const { data } = useApiQuery('branches', 'list', { withClosed: true }, { enabled: branchId !== null })
  const branch = branchId === null ? undefined : data?.find(({ id }) => id === branchId)
  const isElsewhere = branch !== undefined && (branch.addressLine1 !== null || branch.city !== null)
  const own = organization.address
  const address = isElsewhere
    ? {
        line1: branch.addressLine1,
        line2: branch.addressLine2,
        city: branch.city,
        region: branch.region,
        postalCode: branch.postalCode,
        country: own.country,
      }
    : own
  const contact = [branch?.phone ?? organization.phone, branch?.email ?? organization.email, organization.website]
  return [
    ...(branch === undefined ? [] : [branch.name]),
    ...addressText(address, organization.language, own.country),
    ...contact.filter((text) => text !== null),
  ]
}

/** Who sends the document: logo or name at the left, the particulars at the right. */
export const PaperHead = memo(() => {
  const { organization, taxSources } = useEditor()
  const logo = useLogo()
  const taxPoint = useContent(taxPointOf)
  const settings = taxSources?.settings
  const taxIds =
    settings === undefined
      ? organization.taxIds
      : sellerTaxIds(organization.taxIds, settings.registrations, taxPoint, settings.numberLabel)
  const name = organization.tradeName ?? organization.legalName
  const letterhead = useLetterhead()
  return (
    <div className={paper['head']}>
      {logo === null ? (
        <div className={paper['sign']}>{name}</div>
      ) : (
        <img src={logo} alt={name} className={paper['logo']} />
      )}
      <div className={paper['seller']}>
        {logo !== null && <strong>{name}</strong>}
        {letterhead.map((line) => (
          <div key={line}>{line}</div>
        ))}
        {taxIds.map((tax) => (
          <div key={tax.label + tax.value}>
            {tax.label} {tax.value}
          </div>
        ))}
      </div>
    </div>
  )
})
