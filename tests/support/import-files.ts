import type { z } from 'zod'
import type { dataImports, ImportEntity } from '../../shared/contract/data-imports.ts'
import type { Workspace } from './workspace.ts'

type Plan = z.input<(typeof dataImports)['run']['input']>
export type PlanPatch = Partial<Omit<Plan, 'file' | 'fileName'>>

/** The bytes of a text, or the bytes as they are. */
export const fileOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content

/** What a person would go on with who accepts everything that was found. */
export const planFor = async (
  workspace: Workspace,
  content: string | Uint8Array,
  { fileName = 'export.csv', entity = null }: { fileName?: string; entity?: ImportEntity | null } = {},
): Promise<Plan> => {
  const file = fileOf(content)
  const found = await workspace.call('dataImports.inspect', { fileName, file, entity })
  if (found.entity === null) throw new Error(`Nothing of ${fileName} can be imported: ${found.note ?? ''}`)
  return {
    fileName,
    file,
    sheet: found.sheet,
    encoding: found.encoding,
    separator: found.separator,
    headerRow: found.headerRow,
    entity: found.entity,
    templateId: found.template?.id ?? null,
    columns: found.columns.map((column) => column.field),
    decimal: found.decimal.value,
    dateOrder: found.dateOrder.value,
  }
}

/** Dry run and run of a file, as found but for the patch. */
export const importFile = async (workspace: Workspace, content: string | Uint8Array, patch: PlanPatch = {}) => {
  const plan = { ...(await planFor(workspace, content, { entity: patch.entity ?? null })), ...patch }
  const { leaveOutRefused: _run, ...dry } = plan
  const dryRun = await workspace.call('dataImports.dryRun', dry)
  return { plan, dryRun, run: await workspace.call('dataImports.run', plan) }
}
