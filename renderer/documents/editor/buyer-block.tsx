import { Button } from '@mantine/core'
import { memo, useState } from 'react'
import type { Client } from '../../../shared/contract/clients.ts'
import { api } from '../../api.ts'
import { ClientField } from '../../app/client-field.tsx'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import type { Choice } from '../../ui/entity-combobox.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { DocumentContent } from '../document-content.ts'
import { addressText } from './address-text.ts'
import { useContent, useEditor, useProblem } from './editor-context.ts'
import { firstBlankLine } from './line-actions.ts'
import paper from './paper.module.css'
import { factsOf, type TaxSources, treatClient } from './tax-proposal.ts'

const hasPrices = (content: DocumentContent) => content.lines.some((line) => line.priceE6 !== 0n)

/** Says that the client is taxed in another way than the one before, which the lines now follow. */
const tellTreatment = (before: DocumentContent, after: DocumentContent, sources: TaxSources, name: string) => {
  if (before.taxTreatment === after.taxTreatment) return
  const { regime } = factsOf(sources, after)
  const label = regime.treatments.find((it) => it.id === after.taxTreatment)?.label ?? after.taxTreatment
  showToast({ message: `Tax for ${name}: ${label}. The lines follow; change it above them if it is not so.` })
}

/** Takes a client over with what is usual for them; prices that were typed already keep their currency. */
const useChooseClient = () => {
  const { store, kind, taxSources } = useEditor()
  return async (choice: Choice) => {
    store.edit('clientId', (content) => ({ ...content, clientId: choice.id }))
    try {
      const { content: usual } = await kind.procedures.blank(choice.id)
      const differs = usual.currency !== store.getState().content.currency
      const keeps = differs && hasPrices(store.getState().content)
      store.edit('clientId', (content) => ({
        ...content,
        language: usual.language,
        ...(usual.paymentTermsDays === undefined ? {} : { paymentTermsDays: usual.paymentTermsDays }),
        ...(keeps ? {} : { currency: usual.currency, exchangeRateE10: usual.exchangeRateE10 }),
      }))
      if (taxSources !== null) {
        const client = await api.clients.get({ id: choice.id })
        const before = store.getState().content
        store.edit('clientId', treatClient({ ...taxSources, client }))
        tellTreatment(before, store.getState().content, taxSources, choice.label)
      }
      if (keeps) {
        showToast({
          message: `${choice.label} is usually billed in ${usual.currency}. The prices here stay in ${store.getState().content.currency}; change the currency if they are meant otherwise.`,
        })
      }
    } catch (thrown) {
      showToast({
        message: `Terms and currency of ${choice.label} were not read: ${describeError(thrown).message}`,
        tone: 'problem',
      })
    }
  }
}

const BuyerAddress = ({ client }: { readonly client: Client }) => {
  const { organization } = useEditor()
  const language = useContent((content) => content.language)
  return (
    <address>
      {addressText(client.address, language, organization.address.country).map((line) => (
        <div key={line}>{line}</div>
      ))}
      <div className={paper['quiet']}>
        {client.taxIds.map((tax) => `${tax.label} ${tax.value}`).join(' · ')}
        {client.email !== null && <div>{client.email}</div>}
      </div>
    </address>
  )
}

/** Who the document is for: a name to type, then the address as it will be printed. */
export const BuyerBlock = memo(() => {
  const { store, organization, kind } = useEditor()
  const clientId = useContent((content) => content.clientId)
  const problem = useProblem('clientId')
  const choose = useChooseClient()
  const [changing, setChanging] = useState(false)
  // The field goes away with the choice; whoever writes by keyboard goes on from its place, or at the first empty line.
  const [chosen, setChosen] = useState(false)
  const client = useApiQuery(
    'clients',
    'get',
    { id: clientId ?? '' },
    { enabled: clientId !== null, keepPrevious: false },
  )
  const shown = clientId === null ? undefined : client.data
  const sender = [
    organization.tradeName ?? organization.legalName,
    ...addressText(organization.address, organization.language, organization.address.country),
  ].join(' · ')
  const isChoosing = clientId === null || changing
  return (
    <section aria-label={kind.words.addressee}>
      <div className={paper['sender']}>{sender}</div>
      <div className={paper['buyer']}>
        {isChoosing ? (
          <ClientField
            aria-label="Client"
            placeholder="Who is it for? Type a name"
            autoFocus={changing || store.getState().content.lines.every((line) => line.name === '')}
            value={shown === undefined ? null : { id: shown.id, label: shown.name }}
            error={problem}
            onChange={(choice) => {
              setChanging(false)
              if (choice === null) return
              void choose(choice)
              setChosen(true)
              const line = firstBlankLine(store)
              if (line !== null) store.focusOn({ lineId: line, field: 'name' })
            }}
          />
        ) : (
          <div className={paper['buyer-name']}>
            <span>{shown?.name ?? '…'}</span>
            <Button
              variant="subtle"
              size="compact-sm"
              aria-label="Change client"
              autoFocus={chosen}
              onClick={() => setChanging(true)}
            >
              Change
            </Button>
          </div>
        )}
        {shown !== undefined && <BuyerAddress client={shown} />}
      </div>
    </section>
  )
})
