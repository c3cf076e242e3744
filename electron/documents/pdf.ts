import type { DocumentContent } from '../../shared/contract/documents.ts'
import { notFound } from '../../shared/errors.ts'
import { plainFileName } from '../../shared/file-name.ts'
import type { Engines } from '../engines.ts'
import type { RunSystemCommand } from '../jobs/job.ts'
import type { CommandContext, Db } from '../rpc/context.ts'
import type { DocumentSpec } from './kind.ts'
import { printableOf } from './printable.ts'
import { type DocumentKind, documentTables, type HeadRow, type SharedHead, standIn, wordFor } from './tables.ts'

export type DocumentPdf = { readonly pdf: Uint8Array; readonly fileName: string }

/** The file name of a document: its number, or `draft`. */
export const pdfNameOf = ({ number }: { readonly number: string | null }): string =>
  `${plainFileName(number ?? 'draft', 'document')}.pdf`

/** The PDF of a document: the kept one where there is one, else rendered now; a void one carries its mark. */
export const pdfOf = async <K extends DocumentKind, C extends DocumentContent>(
  db: Db,
  engines: Engines,
  spec: DocumentSpec<K, C>,
  head: HeadRow<K> & SharedHead,
  signal?: AbortSignal,
): Promise<DocumentPdf> => {
  const fileName = pdfNameOf(head)
  if (head.pdfSha256 !== null && head.voidedAt === null)
    return { pdf: await engines.files.get(head.pdfSha256), fileName }
  return { pdf: await engines.pdf.render(await printableOf(db, engines.files, spec, head), signal), fileName }
}

/** Done in the transaction that keeps the PDF, so that both stand or neither. */
export type WithKept = (context: CommandContext) => Promise<void>

type Parts = { readonly db: Db; readonly engines: Engines; readonly runSystemCommand: RunSystemCommand }
export type KeptPdf = { readonly sha256: string; readonly bytes: Uint8Array; readonly fileName: string }

/** Keeps the PDF of an issued document by its hash, once; later calls give the kept one. AppError NOT_FOUND. */
export const keepPdf = async <K extends DocumentKind, C extends DocumentContent>(
  { db, engines, runSystemCommand }: Parts,
  spec: DocumentSpec<K, C>,
  id: string,
  withKept?: WithKept,
): Promise<KeptPdf> => {
  const { head } = standIn(spec.kind)
  const found = await db.selectFrom(head).selectAll().where('id', '=', id).executeTakeFirst()
  if (found === undefined || found.issuedAt === null) throw notFound(`issued ${wordFor(spec.kind)}`, id)
  // Read from the table of this kind: see `standIn`. What is kept is the document as it was issued, also when it was
  // made void before its PDF was drawn.
  const row = { ...found, voidedAt: null } as unknown as HeadRow<K> & SharedHead
  const { pdf, fileName } = await pdfOf(db, engines, spec, row)
  if (found.pdfSha256 !== null) return { sha256: found.pdfSha256, bytes: pdf, fileName }
  const sha256 = await engines.files.put(pdf)
  await runSystemCommand(
    {
      name: `jobs.${spec.kind}.pdf`,
      organizationId: found.organizationId,
      entities: [documentTables[spec.kind].head],
    },
    async (context) => {
      await context.trx
        .updateTable(head)
        .set({ pdfSha256: sha256, updatedAt: context.now })
        .where('id', '=', id)
        .where('pdfSha256', 'is', null)
        .execute()
      await withKept?.(context)
    },
  )
  return { sha256, bytes: pdf, fileName }
}
