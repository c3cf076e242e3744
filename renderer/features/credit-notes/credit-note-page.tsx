import { DocumentPage } from '../../documents/document-page.tsx'
import { creditNoteKind } from './credit-note-kind.tsx'
import { IssuedCreditNote } from './issued/issued-credit-note.tsx'

/** A credit note: a draft to write on, or the issued document with what became of its credit. */
export const CreditNotePage = () => <DocumentPage kind={creditNoteKind} Issued={IssuedCreditNote} />
