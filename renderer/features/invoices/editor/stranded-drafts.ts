import { api } from '../../../api.ts'
import { toAppError } from '../../../app/errors.ts'
import { showToast } from '../../../ui/toast.tsx'
import { dropDraft, type KeptDraft, strandedDrafts, whileUnheld } from './kept-drafts.ts'

/** Stores a draft that this browser alone holds; false where it waits for somebody to open it. */
const store = async (organizationId: string, draft: KeptDraft): Promise<boolean> => {
  try {
    let { version } = draft
    if (draft.unanswered !== null) {
      const { key, content } = draft.unanswered
      const saved = await api.invoices.saveDraft(
        { id: draft.id, version: draft.unanswered.version, content: content ?? draft.content },
        { idempotencyKey: key },
      )
      version = saved.version
    }
    await api.invoices.saveDraft({ id: draft.id, version, content: draft.content })
    dropDraft(organizationId, draft.id)
    return true
  } catch (thrown) {
    const { code } = toAppError(thrown)
    // Issued or deleted elsewhere since: there is no draft any more that it could go to.
    if (code === 'IMMUTABLE' || code === 'NOT_FOUND') dropDraft(organizationId, draft.id)
    return false
  }
}

/** Stores what was written before the window was closed by force, and says so. */
export const saveStrandedDrafts = async (organizationId: string): Promise<void> => {
  let count = 0
  for (const draft of strandedDrafts(organizationId)) {
    await whileUnheld(draft.id, async () => {
      if (await store(organizationId, draft)) count += 1
    })
  }
  if (count > 0) {
    showToast({
      message:
        count === 1 ? 'A draft that was not saved yet is back.' : `${count} drafts that were not saved yet are back.`,
    })
  }
}
