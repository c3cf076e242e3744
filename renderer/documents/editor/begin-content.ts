import { api } from '../../api.ts'
import type { DocumentContent } from '../document-content.ts'
import type { PaperKind } from '../document-kind.ts'
import { newLineOf } from './draft-edits.ts'
import { lineTaxOf } from './editor-context.ts'
import { treatClient } from './tax-proposal.ts'

/** What a new document begins with: what is usual for the client, one blank line, and the taxes that the regime proposes. */
export const beginContent = async (kind: PaperKind, clientId: string | null): Promise<DocumentContent> => {
  const { content } = await kind.procedures.blank(clientId)
  const [rates, settings, organization, client] = await Promise.all([
    api.taxRates.list({ on: content.issuedOn }),
    api.taxSettings.get({}),
    api.organizations.get({}),
    content.clientId === null ? null : api.clients.get({ id: content.clientId }),
  ])
  const taxes = rates.filter((rate) => rate.isDefault).map(lineTaxOf)
  return treatClient({ organization, settings, rates, client })({ ...content, lines: [newLineOf(kind, taxes)] })
}
