import type { Amount } from '../../../shared/money/scaled.ts'

/** A payment or a credit note of which something is left: the client's credit. */
export type CreditSource = {
  readonly kind: 'payment' | 'credit-note'
  readonly id: string
  readonly version: number
  readonly number: string
  readonly clientId: string
  readonly clientName: string
  readonly currency: string
  readonly creditE4: Amount
}

/** What a source is called within a sentence. */
export const sourceWord = ({ kind, number }: Pick<CreditSource, 'kind' | 'number'>): string =>
  kind === 'payment' ? `payment ${number}` : `credit note ${number}`
