import type { MailKind } from '../../shared/contract/mail.ts'
import type { ProcedureName } from './calls.ts'

type DocumentCalls = Readonly<
  Record<'open' | 'save' | 'remove' | 'issue' | 'copy' | 'markSent' | 'takeBackSent', ProcedureName>
>

/** What is called for a document of each kind. */
export const documentCalls: Readonly<Record<Exclude<MailKind, 'statement'>, DocumentCalls>> = {
  invoice: {
    open: 'invoices.get',
    save: 'invoices.saveDraft',
    remove: 'invoices.deleteDraft',
    issue: 'invoices.issue',
    copy: 'invoices.duplicate',
    markSent: 'invoices.markSent',
    takeBackSent: 'invoices.takeBackSent',
  },
  quote: {
    open: 'quotes.get',
    save: 'quotes.saveDraft',
    remove: 'quotes.deleteDraft',
    issue: 'quotes.issue',
    copy: 'quotes.duplicate',
    markSent: 'quotes.markSent',
    takeBackSent: 'quotes.takeBackSent',
  },
  'credit-note': {
    open: 'creditNotes.get',
    save: 'creditNotes.saveDraft',
    remove: 'creditNotes.deleteDraft',
    issue: 'creditNotes.issue',
    copy: 'creditNotes.saveDraft',
    markSent: 'creditNotes.markSent',
    takeBackSent: 'creditNotes.takeBackSent',
  },
}
