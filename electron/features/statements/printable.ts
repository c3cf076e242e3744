import type { Statement } from '../../../shared/contract/statements.ts'
import type { PrintableStatement } from '../../../shared/documents/printable.ts'
import { negate } from '../../../shared/money/arithmetic.ts'
import { zero } from '../../../shared/money/scaled.ts'
import { designFor } from '../../documents/paper.ts'
import { logoOf, party } from '../../documents/printable.ts'
import { buyerOf, sellerOf } from '../../documents/snapshots.ts'
import type { Engines } from '../../engines.ts'
import type { Db } from '../../rpc/context.ts'
import { getRow } from '../../rpc/rows.ts'
import { statementWords } from './words.ts'

type Asked = {
  readonly organizationId: string
  readonly clientId: string
  readonly from: string
  readonly to: string
  readonly language: string | null
  /** Instant of the drawing up, for the file. */
  readonly createdAt: string
  readonly today: string
}

/** A statement as the paper shows it: in the client's language, with the template of statements. */
export const printableStatement = async (
  db: Db,
  engines: Pick<Engines, 'files'>,
  statement: Statement,
  asked: Asked,
): Promise<PrintableStatement> => {
  const { organizationId } = asked
  const organization = await getRow(db, 'organizations', organizationId, organizationId, 'organization')
  const client = await getRow(db, 'clients', organizationId, asked.clientId, 'client')
  const seller = await sellerOf(db, organization, asked.today)
  const buyer = await buyerOf(db, client)
  const language = asked.language ?? client.language ?? organization.language
  const words = statementWords(language)
  const home = seller.address.country
  const { ageing } = statement
  const ages = [ageing.notDueE4, ageing.to30E4, ageing.to60E4, ageing.to90E4, ageing.over90E4]
  const credit = ageing.creditE4 === zero ? [] : [{ label: words.credit, amountE4: negate(ageing.creditE4) }]
  return {
    language,
    pageSize: seller.pageSize,
    currency: statement.currency,
    minorUnits: statement.minorUnits,
    issuedOn: asked.today,
    from: asked.from,
    to: asked.to,
    seller: party({ ...seller, name: seller.tradeName ?? seller.legalName }, language, home),
    buyer: party(buyer, language, home),
    openingE4: statement.openingE4,
    rows: statement.rows.map((row) => ({
      on: row.on,
      text: `${words[row.kind]} ${row.number}`,
      dueOn: row.kind === 'invoice' ? row.note : null,
      debitE4: row.amountE4 > 0n ? row.amountE4 : zero,
      creditE4: row.amountE4 < 0n ? negate(row.amountE4) : zero,
      balanceE4: row.balanceE4,
    })),
    closingE4: statement.closingE4,
    ageing: [...ages.map((amountE4, index) => ({ label: words.ages[index] ?? '', amountE4 })), ...credit],
    blocks: [],
    footer: seller.footer,
    branding: { logo: await logoOf(engines.files, seller), accentColor: seller.accentColor },
    design: await designFor(db, { organizationId, kind: 'statement', ids: [] }),
    createdAt: asked.createdAt,
  }
}
