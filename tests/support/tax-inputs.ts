import { amountOf, exchangeRateOf, percentOf } from '../../shared/money/decimal-string.ts'
import type { Workspace } from './workspace.ts'

type Make = (workspace: Workspace) => object | Promise<object>

let day = 0
// Each call names a day of its own: an entry of the same day would be another one's.
const nextDay = () => {
  day += 1
  return new Date(Date.UTC(2001, 0, day)).toISOString().slice(0, 10)
}

const registration = () => ({
  effectiveOn: nextDay(),
  regime: 'uk-vat',
  scheme: 'standard' as const,
  number: 'GB980780684',
  numberKeptReason: 'Checked by phone',
  defaultTaxRateId: null,
  pricesIncludeTax: true,
  basis: 'issue' as const,
  filingFrequency: 'quarterly' as const,
  periodEndMonth: 3,
  flatPercentE6: percentOf('12'),
  usesOss: false,
  lutNumber: 'AD1',
  isLarge: false,
})

const rate = async (workspace: Workspace) =>
  (await workspace.call('taxRates.create', { name: 'Dated', rateE6: percentOf('7') })).id
const version = async (workspace: Workspace) =>
  workspace.call('taxRates.addVersion', {
    taxRateId: await rate(workspace),
    effectiveFrom: nextDay(),
    name: 'Dated',
    rateE6: percentOf('8'),
  })
const entry = (workspace: Workspace) =>
  workspace.call('taxSettings.saveRegistration', { ...registration(), id: null, version: null })
const exchange = (workspace: Workspace) =>
  workspace.call('exchangeRates.set', { currency: 'USD', rateOn: nextDay(), rateE10: exchangeRateOf('0.8') })
const source = {
  name: 'Own bank',
  urlTemplate: 'https://rates.example.com/{date}?from={currency}&to={base}',
  format: 'json',
  jsonPath: 'rates.{currency}',
  direction: 'base-per-unit',
  isEnabled: false,
}

/** A valid input for each procedure of taxes and exchange rates. */
export const taxInputs: Readonly<Record<string, Make>> = {
  'taxRates.addVersion': async (workspace) => ({
    taxRateId: await rate(workspace),
    effectiveFrom: nextDay(),
    name: 'Dated 9 %',
    rateE6: percentOf('9'),
  }),
  'taxRates.deleteVersion': version,
  'taxSettings.get': () => ({}),
  'taxSettings.saveRegistration': () => ({ ...registration(), id: null, version: null }),
  'taxSettings.deleteRegistration': entry,
  'taxSettings.restoreRegistration': async (workspace) => {
    const { id } = await entry(workspace).then((made) => workspace.call('taxSettings.deleteRegistration', made))
    return { id }
  },
  'taxSettings.setCashRounding': () => ({ currency: 'CHF', method: 'cash', stepE4: amountOf('0.05') }),
  'taxSettings.lockPeriod': () => ({ lockedUntil: nextDay(), reason: 'Filed' }),
  'taxSettings.unlockPeriod': async (workspace) => ({
    ...(await workspace.call('taxSettings.lockPeriod', { lockedUntil: nextDay() })),
    reason: 'Filed by mistake',
  }),
  'exchangeRates.list': () => ({ cursor: null, limit: 20, currency: 'USD' }),
  'exchangeRates.find': () => ({ currency: 'USD', on: '2026-01-31' }),
  'exchangeRates.set': () => ({ currency: 'USD', rateOn: nextDay(), rateE10: exchangeRateOf('0.8') }),
  'exchangeRates.delete': exchange,
  'exchangeRates.restore': async (workspace) => {
    const { id } = await exchange(workspace).then((made) => workspace.call('exchangeRates.delete', made))
    return { id }
  },
  'exchangeRates.importCsv': () => ({
    text: 'date,currency,rate\n2026-01-31,USD,0.79\n',
    dryRun: false,
    direction: 'base-per-unit',
  }),
  'exchangeRates.source': () => ({}),
  'exchangeRates.setSource': () => source,
  'taxReports.figures': () => ({ from: '2026-01-01', to: '2026-12-31', basis: 'issue' }),
  'taxReports.setFigure': () => {
    const day = nextDay()
    return { from: day, to: day, taxReturn: 'vat-100', cell: '4.amount', amountE4: amountOf('12.34'), version: null }
  },
  'taxReports.documents': () => ({
    from: '2026-01-01',
    to: '2026-12-31',
    basis: 'payment',
    keys: [JSON.stringify(['invoice', 'VAT', 'S', '20000000', 'domestic', '', 'consumer'])],
    cursor: null,
    limit: 20,
  }),
}
