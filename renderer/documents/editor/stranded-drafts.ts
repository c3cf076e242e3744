import { toAppError } from '../../app/errors.ts'
import { showToast } from '../../ui/toast.tsx'
import type { DocumentKind } from '../document-kind.ts'
import { dropDraft, type KeptDraft, strandedDrafts, whileUnheld } from './kept-drafts.ts'

/** Stores a draft that this browser alone holds; false where it waits for somebody to open it. */
const store = async (
  { kept, procedures }: DocumentKind,
  organizationId: string,
  draft: KeptDraft,
): Promise<boolean> => {
  try {
    let { version } = draft
    if (draft.unanswered !== null) {
      const { key, content } = draft.unanswered
      const saved = await procedures.saveDraft(
        { id: draft.id, version: draft.unanswered.version, content: content ?? draft.content },
        { idempotencyKey: key },
      )
      version = saved.version
    }
    await procedures.saveDraft({ id: draft.id, version, content: draft.content })
    dropDraft(kept, organizationId, draft.id)
    return true
  } catch (thrown) {
    const { code } = toAppError(thrown)
    // Issued or deleted elsewhere since: there is no draft any more that it could go to.
    if (code === 'IMMUTABLE' || code === 'NOT_FOUND') dropDraft(kept, organizationId, draft.id)
    return false
  }
}

/** Stores what was written before the window was closed by force, and says so. */
export const saveStrandedDrafts = async (kind: DocumentKind, organizationId: string): Promise<void> => {
  let count = 0
  for (const draft of strandedDrafts(kind.kept, organizationId)) {
    await whileUnheld(draft.id, async () => {
      if (await store(kind, organizationId, draft)) count += 1
    })
  }
  if (count > 0) {
    showToast({
      message:
        count === 1 ? 'A draft that was not saved yet is back.' : `${count} drafts that were not saved yet are back.`,
    })
  }
}
