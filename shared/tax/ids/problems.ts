import { checkLabelledId } from './index.ts'

type Kept = { readonly label: string; readonly value: string; readonly keptReason?: string | undefined }

/**
 * Problems of a list of numbers by the path of their field (`taxIds.0.value`). One that fails its check is let through
 * with a reason for keeping it, or where it was there before.
 */
export const taxIdProblems = (
  ids: readonly Kept[],
  country: string | null,
  before: readonly Kept[] = [],
  path = 'taxIds',
): Readonly<Record<string, string>> => {
  const fields: Record<string, string> = {}
  for (const [index, { label, value, keptReason }] of ids.entries()) {
    if (keptReason !== undefined && keptReason.trim() !== '') continue
    if (before.some((it) => it.label === label && it.value === value)) continue
    const check = checkLabelledId(label, country, value)
    if (!check.ok) fields[`${path}.${index}.value`] = `${check.problem} Example: ${check.example}.`
  }
  return fields
}
