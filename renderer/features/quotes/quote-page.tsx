import { DocumentPage } from '../../documents/document-page.tsx'
import { IssuedQuote } from './issued/issued-quote.tsx'
import { quoteKind } from './quote-kind.tsx'

/** A quote: a draft to write on, or the issued offer with what became of it. */
export const QuotePage = () => <DocumentPage kind={quoteKind} Issued={IssuedQuote} />
