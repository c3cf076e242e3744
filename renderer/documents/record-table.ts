import type { DocumentKind } from './document-kind.ts'

/** Where the record keeps the changes of a kind of document. */
export const recordTable = (name: DocumentKind['name']): string => `${name.replace('-', '_')}s`
