import { groupFigures, taxCells, taxColumns } from './parts.ts'
import type { Regime, ReturnInput, ReturnTable } from './regime.ts'

const byTax = ({ figures }: ReturnInput): readonly ReturnTable[] => [
  {
    id: 'taxes',
    title: 'By tax',
    columns: taxColumns,
    rows: groupFigures(figures, (it) => `${it.name}, ${Number(it.rateE6) / 1_000_000} %`).map(([key, group]) => ({
      id: key,
      label: key,
      cells: taxCells(group),
    })),
    notes: [],
  },
]

/** No rules: each line keeps the rate that it was given. For countries without a regime of their own yet. */
export const noRegime: Regime = {
  id: 'none',
  name: 'No rules (rates as chosen)',
  countries: [],
  idScheme: () => null,
  schemes: ['standard', 'cash'],
  treatments: [
    { id: 'domestic', label: 'As chosen on each line' },
    { id: 'exempt', label: 'Exempt' },
  ],
  places: () => [],
  suggestTreatment: () => 'domestic',
  suggestPlace: () => null,
  proposeTaxes: ({ rate }) => ({ taxes: rate === null ? [] : [rate], warnings: [] }),
  wording: () => ({ title: null, reverseCharge: null, texts: [] }),
  reasons: [],
  statutoryRates: [],
  roundOffStepE4: null,
  classificationDigits: () => null,
  returns: [{ id: 'taxes', name: 'Taxes', build: byTax }],
  largeInvoices: [],
  fiscalYearStart: '01-01',
  frequencies: ['monthly', 'quarterly', 'half-yearly', 'yearly'],
}
