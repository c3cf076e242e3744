import { minorUnitsOf } from '../../../shared/money/currencies.ts'
import { minorUnitE4 } from '../../../shared/money/rounding.ts'
import type { Db } from '../../rpc/handles.ts'
import { type DocumentsInput, documentsByIssue, documentsByPayment, type TaxDocument } from './documents.ts'
import { type Figure, figuresFromRows, type Period } from './figures.ts'
import { figuresByPayment } from './payments.ts'

type Basis = { readonly basis: 'issue' | 'payment'; readonly currency: string }

/** Figures that no kept sum answers: any days, or by payment. Reads every document of the period, so in a worker. */
export const taxFigures = (db: Db, { basis, currency, ...period }: Period & Basis): Promise<Figure[]> =>
  basis === 'issue' ? figuresFromRows(db, period) : figuresByPayment(db, period, minorUnitE4(minorUnitsOf(currency)))

/** Figures of large invoices to consumers, which kept sums do not tell apart. */
export const largeTaxFigures = (db: Db, period: Period): Promise<Figure[]> => figuresFromRows(db, period, true)

/** The documents behind figures, in a worker too. */
export const taxDocuments = (db: Db, { basis, currency, ...input }: DocumentsInput & Basis): Promise<TaxDocument[]> =>
  basis === 'issue' ? documentsByIssue(db, input) : documentsByPayment(db, input, minorUnitE4(minorUnitsOf(currency)))
