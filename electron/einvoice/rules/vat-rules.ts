import {
  absolute,
  add,
  compare,
  type Decimal,
  equal,
  isWithin,
  percentOf,
  roundUp,
  showDecimal,
  subtract,
  whole,
  zeroDecimal,
} from './decimal.ts'
import { type Fail, fatal, type Rule } from './rule.ts'
import { decimalOf, isPresent, type Party, type Slot, type Subtotal, type Tax, type View, written } from './view.ts'

type Place = 'lines' | 'allowances' | 'charges'
type Used = Readonly<Record<Place, readonly Tax[]>> & {
  readonly breakdown: readonly (readonly [Subtotal, Tax])[]
  /** Net of lines and charges less allowances, by rate as written in lowest terms; `all` over all rates. */
  readonly net: ReadonlyMap<string, Decimal>
}

/** 25, 25.0 and 25.00 are one rate. */
const rateKey = (tax: Tax): string => {
  const rate = decimalOf(tax.rate)
  return rate === null ? '' : showDecimal(rate)
}

/** One tax that is written twice in a place counts once. */
const distinct = (taxes: readonly Tax[]): readonly Tax[] =>
  taxes.length < 2
    ? taxes
    : taxes.filter(
        (tax, at) => taxes.findIndex((each) => each.code === tax.code && rateKey(each) === rateKey(tax)) === at,
      )

function gather(view: View): ReadonlyMap<string, Used> {
  const found = new Map<
    string,
    { [Name in Place]: Tax[] } & { breakdown: [Subtotal, Tax][]; net: Map<string, Decimal> }
  >()
  const of = (tax: Tax) => {
    const known = found.get(tax.code)
    if (known !== undefined) return known
    const fresh = { lines: [], allowances: [], charges: [], breakdown: [], net: new Map<string, Decimal>() }
    found.set(tax.code, fresh)
    return fresh
  }
  const count = (tax: Tax, amount: Slot, sign: 1 | -1) => {
    const { net } = of(tax)
    const value = decimalOf(amount) ?? zeroDecimal
    for (const key of ['all', rateKey(tax)]) {
      const before = net.get(key) ?? zeroDecimal
      net.set(key, sign === 1 ? add(before, value) : subtract(before, value))
    }
  }
  for (const { taxList, net } of view.lineList) {
    for (const tax of taxList) if (tax.isVat) of(tax).lines.push(tax)
    for (const tax of distinct(taxList)) count(tax, net, 1)
  }
  for (const { kind, taxes, amount } of view.adjustmentList) {
    if (kind === 'unclear') continue
    for (const tax of taxes) if (tax.isVat) of(tax)[kind === 'charge' ? 'charges' : 'allowances'].push(tax)
    for (const tax of distinct(taxes)) count(tax, amount, kind === 'charge' ? 1 : -1)
  }
  for (const subtotal of view.subtotals) {
    for (const tax of subtotal.taxes) if (tax.isVat) of(tax).breakdown.push([subtotal, tax])
  }
  return found
}

const gathered = new WeakMap<View, ReadonlyMap<string, Used>>()
const unused: Used = { lines: [], allowances: [], charges: [], breakdown: [], net: new Map() }

/** Where a VAT category is used in an invoice. */
export function usesOf(view: View, code: string): Used {
  let all = gathered.get(view)
  if (all === undefined) {
    all = gather(view)
    gathered.set(view, all)
  }
  return all.get(code) ?? unused
}

type Family = {
  readonly code: string
  /** The rules' name of the category, which is not always its code. */
  readonly name: string
  readonly words: string
  readonly rate: 'positive' | 'zero or more' | 'zero' | 'none'
  readonly reason: 'needed' | 'forbidden'
  /** Which numbers of the parties the category asks for. */
  readonly ids: 'seller tax' | 'seller VAT' | 'seller tax, buyer' | 'seller VAT, buyer VAT' | 'none'
}

const families: readonly Family[] = [
  { code: 'S', name: 'S', words: 'standard rated', rate: 'positive', reason: 'forbidden', ids: 'seller tax' },
  { code: 'Z', name: 'Z', words: 'zero rated', rate: 'zero', reason: 'forbidden', ids: 'seller tax' },
  { code: 'E', name: 'E', words: 'exempt from VAT', rate: 'zero', reason: 'needed', ids: 'seller tax' },
  { code: 'AE', name: 'AE', words: 'reverse charge', rate: 'zero', reason: 'needed', ids: 'seller tax, buyer' },
  {
    code: 'K',
    name: 'IC',
    words: 'intra-community supply',
    rate: 'zero',
    reason: 'needed',
    ids: 'seller VAT, buyer VAT',
  },
  { code: 'G', name: 'G', words: 'export outside the EU', rate: 'zero', reason: 'needed', ids: 'seller VAT' },
  { code: 'O', name: 'O', words: 'not subject to VAT', rate: 'none', reason: 'needed', ids: 'none' },
  {
    code: 'L',
    name: 'AF',
    words: 'IGIC (Canary Islands)',
    rate: 'zero or more',
    reason: 'forbidden',
    ids: 'seller tax',
  },
  {
    code: 'M',
    name: 'AG',
    words: 'IPSI (Ceuta and Melilla)',
    rate: 'zero or more',
    reason: 'forbidden',
    ids: 'seller tax',
  },
]

const placeWords: Readonly<Record<Place, string>> = {
  lines: 'a line',
  allowances: 'an allowance on the invoice',
  charges: 'a charge on the invoice',
}
const places: readonly Place[] = ['lines', 'allowances', 'charges']

/** -01: a category that is used has its group in the breakdown. */
function breakdownRule({ code, name, words, rate }: Family): Rule {
  const once = rate === 'zero' || rate === 'none'
  const say = `The invoice uses "${words}" (${code}): the VAT breakdown must have ${once ? 'exactly one group' : 'a group'} for it, and have it only then. Correct the breakdown.`
  return fatal(`BR-${name}-01`, say, (view, fail) => {
    const { breakdown, ...used } = usesOf(view, code)
    const isUsed = places.some((place) => used[place].length > 0)
    const [first, second] = breakdown
    if (first === undefined) {
      if (isUsed) fail(view.breakdown)
    } else if (once ? second !== undefined || (view.syntax === 'cii' && !isUsed) : view.syntax !== 'cii' && !isUsed) {
      fail((second ?? first)[1].category)
    }
  })
}

const idWords: Readonly<Record<Family['ids'], string>> = {
  'seller tax': 'the VAT number or tax number of the seller, or the VAT number of its tax representative',
  'seller VAT': 'the VAT number of the seller or of its tax representative',
  'seller tax, buyer':
    'the VAT or tax number of the seller (or its tax representative), and the VAT number or registration number of the buyer',
  'seller VAT, buyer VAT': 'the VAT number of the seller (or its tax representative) and the VAT number of the buyer',
  none: 'no VAT number of the seller, its tax representative or the buyer',
}

const sellerTaxIds = (seller: Party): boolean =>
  // In CII a registration is one of VAT (VA) or of a local tax office (FC); in UBL any counts.
  seller.taxIds.all.some((id) => id.name !== 'ID' || ['VA', 'FC'].includes(id.attributes.get('schemeID') ?? ''))

function missingId({ parties: { seller, buyer, taxRepresentative } }: View, ids: Family['ids']): Slot | null {
  if (ids === 'none') return [seller, taxRepresentative, buyer].find(({ vatId }) => isPresent(vatId))?.vatId ?? null
  const sellerKnown = ids.startsWith('seller tax') ? sellerTaxIds(seller) : isPresent(seller.vatId)
  if (!sellerKnown && !isPresent(taxRepresentative.vatId)) return seller.vatId
  if (ids === 'seller VAT, buyer VAT') return isPresent(buyer.vatId) ? null : buyer.vatId
  if (ids === 'seller tax, buyer') return isPresent(buyer.vatId) || isPresent(buyer.legalId) ? null : buyer.vatId
  return null
}

/** -02, -03, -04: the numbers that must identify the parties. */
function idRules({ code, name, words, ids }: Family): readonly Rule[] {
  return places.map((place, at) => {
    const say =
      ids === 'none'
        ? `Tax of ${placeWords[place]} is "${words}" (${code}), which goes with ${idWords[ids]}. Remove the number, or choose another tax.`
        : `Tax of ${placeWords[place]} is "${words}" (${code}), which needs ${idWords[ids]}. Enter what is missing.`
    return fatal(`BR-${name}-0${at + 2}`, say, (view, fail) => {
      if (usesOf(view, code)[place].length === 0) return
      const missing = missingId(view, ids)
      if (missing !== null) fail(missing)
    })
  })
}

const rateWords: Readonly<Record<Family['rate'], string>> = {
  positive: 'a rate above 0',
  'zero or more': 'a rate of 0 or more',
  zero: 'the rate 0',
  none: 'no rate at all',
}

function isRateRight(tax: Tax, { rate, code }: Family, isCii: boolean): boolean {
  if (rate === 'none') return !isPresent(tax.rate)
  const value = decimalOf(tax.rate)
  if (value === null) return false
  const sign = compare(value, zeroDecimal)
  if (rate === 'zero') return sign === 0
  // The CII rules alone ask for a rate above 0 for the Canary Islands.
  return sign > 0 || (sign === 0 && rate === 'zero or more' && !(isCii && code === 'L'))
}

/** -05, -06, -07: the rate. */
const rateRules = (family: Family): readonly Rule[] =>
  places.map((place, at) => {
    const say = `Tax of ${placeWords[place]} is "${family.words}" (${family.code}), which has ${rateWords[family.rate]}, not "{value}". Correct the rate, or choose another tax.`
    return fatal(`BR-${family.name}-0${at + 5}`, say, (view, fail) => {
      for (const tax of usesOf(view, family.code)[place]) {
        if (!isRateRight(tax, family, view.syntax === 'cii')) fail(tax.rate, { value: written(tax.rate) })
      }
    })
  })

const one = whole(1)

/** Whether a category is summed per rate. */
const isPerRate = ({ rate }: Family): boolean => rate === 'positive' || rate === 'zero or more'

/** The official rules leave a tolerance of one unit of currency in some categories, not the same in both syntaxes. */
const isExact = ({ code }: Family, isCii: boolean): boolean =>
  isCii ? code === 'S' || code === 'O' : !['S', 'L', 'M'].includes(code)

/** In CII the official rules for the Canary Islands, Ceuta and Melilla compare with nothing: no receiver rejects. */
const severityOf = ({ code }: Family, { syntax }: View) =>
  syntax === 'cii' && (code === 'L' || code === 'M') ? 'warning' : 'fatal'

/** -08: the taxable amount is the sum of what the category is used on. */
function taxableRule(family: Family): Rule {
  const { code, name, words } = family
  const say = `The taxable amount of "${words}" (${code}) is {value}, but lines, charges and allowances of that tax come to {expected}. Correct the breakdown.`
  return fatal(`BR-${name}-08`, say, (view, fail) => {
    const { breakdown, net } = usesOf(view, code)
    for (const [{ taxable }, tax] of breakdown) {
      const value = decimalOf(taxable)
      const key = isPerRate(family) ? rateKey(tax) : 'all'
      if (value === null || key === '') continue
      const sum = roundUp(net.get(key) ?? zeroDecimal, 2)
      const right = isExact(family, view.syntax === 'cii') ? equal(value, sum) : isWithin(value, sum, one, false)
      if (!right) fail(taxable, { value: showDecimal(value), expected: showDecimal(sum) }, severityOf(family, view))
    }
  })
}

/** -09: the VAT amount. */
function amountRule(family: Family): Rule {
  const { code, name, words } = family
  const expects = isPerRate(family) ? 'its taxable amount times its rate is {expected}' : 'it must be 0'
  const say = `The VAT amount of "${words}" (${code}) is {value}, but ${expects}. Correct the breakdown.`
  return fatal(`BR-${name}-09`, say, (view, fail) => {
    for (const [{ taxable, tax: amount }, tax] of usesOf(view, code).breakdown) {
      const [value, base, rate] = [decimalOf(amount), decimalOf(taxable), decimalOf(tax.rate)]
      if (value === null) continue
      if (!isPerRate(family)) {
        if (compare(value, zeroDecimal) !== 0) fail(amount, { value: showDecimal(value) })
      } else if (base !== null && rate !== null) {
        const expected = roundUp(percentOf(absolute(base), rate), 2)
        if (isWithin(absolute(value), expected, one, false)) continue
        fail(amount, { value: showDecimal(value), expected: showDecimal(expected) }, severityOf(family, view))
      }
    }
  })
}

/** -10: the reason why no VAT is charged. */
function reasonRule({ code, name, words, reason }: Family): Rule {
  const needed = reason === 'needed'
  const say = needed
    ? `No VAT is charged as "${words}" (${code}), but no reason is given. Enter the reason in words or as a VATEX code.`
    : `"${words}" (${code}) gives a reason for charging no VAT, which it must not have. Remove the reason, or choose another tax.`
  return fatal(`BR-${name}-10`, say, (view, fail) => {
    for (const [, tax] of usesOf(view, code).breakdown) {
      if ((isPresent(tax.reason) || isPresent(tax.reasonCode)) !== needed) fail(tax.reason)
    }
  })
}

const forFamily = (family: Family): readonly Rule[] => [
  breakdownRule(family),
  ...idRules(family),
  ...rateRules(family),
  taxableRule(family),
  amountRule(family),
  reasonRule(family),
]

const anyOther = (view: View, place: Place, fail: Fail) => {
  const uses =
    place === 'lines'
      ? view.lineList.map(({ taxList }) => taxList)
      : view.adjustmentList.flatMap((each) =>
          (each.kind === 'charge') === (place === 'charges') && each.kind !== 'unclear' ? [each.taxes] : [],
        )
  for (const taxes of uses) {
    for (const tax of taxes) if (tax.isVat && tax.code !== 'O') fail(tax.category)
  }
}

const onlyNotSubject = (id: string, what: string, place: Place): Rule =>
  fatal(
    id,
    `The invoice is "not subject to VAT" (O), but ${what} has another tax. Nothing on it may have another tax: choose the same for all.`,
    (view, fail) => {
      if (usesOf(view, 'O').breakdown.length > 0) anyOther(view, place, fail)
    },
  )

const special: readonly Rule[] = [
  fatal(
    'BR-IC-11',
    'An intra-community supply needs the date of delivery or the invoice period. Enter one of them.',
    (view, fail) => {
      const delivered = written(view.deliveredOn) !== '' || view.period.all.some(({ children }) => children.length > 0)
      if (usesOf(view, 'K').breakdown.length > 0 && !delivered) fail(view.deliveredOn)
    },
  ),
  fatal(
    'BR-IC-12',
    'An intra-community supply needs the country that it was delivered to. Enter the delivery address.',
    (view, fail) => {
      if (usesOf(view, 'K').breakdown.length > 0 && written(view.deliverToCountry) === '') fail(view.deliverToCountry)
    },
  ),
  fatal(
    'BR-O-11',
    'The VAT breakdown has "not subject to VAT" (O) beside other categories. It must be the only one: choose the same tax for all.',
    (view, fail) => {
      if (usesOf(view, 'O').breakdown.length === 0) return
      for (const { taxes } of view.subtotals)
        for (const tax of taxes) if (tax.isVat && tax.code !== 'O') fail(tax.category)
    },
  ),
  onlyNotSubject('BR-O-12', 'a line', 'lines'),
  onlyNotSubject('BR-O-13', 'an allowance', 'allowances'),
  onlyNotSubject('BR-O-14', 'a charge', 'charges'),
  fatal(
    'BR-B-01',
    'Split payment (B) is for supplies within Italy, but the invoice names another country. Choose another tax.',
    (view, fail) => {
      const [first] = splitPayments(view)
      if (first === undefined) return
      const countries = view.tree.named(view.syntax === 'cii' ? 'ram:CountryID' : 'cbc:IdentificationCode')
      if (countries.some((country) => country.text.trim() !== 'IT')) fail(first)
    },
  ),
  fatal(
    'BR-B-02',
    'Split payment (B) and standard rated (S) stand on one invoice. Make two invoices, or choose one tax.',
    (view, fail) => {
      const [first] = splitPayments(view)
      const { lines, allowances, charges, breakdown } = usesOf(view, 'S')
      if (first !== undefined && lines.length + allowances.length + charges.length + breakdown.length > 0) fail(first)
    },
  ),
]

const splitPayments = (view: View): readonly Slot[] => {
  const { lines, allowances, charges, breakdown } = usesOf(view, 'B')
  return [...lines, ...allowances, ...charges, ...breakdown.map(([, tax]) => tax)].map(({ category }) => category)
}

/** Rules on the VAT categories (BR-S-*, BR-Z-*, BR-E-*, BR-AE-*, BR-IC-*, BR-G-*, BR-O-*, BR-AF-*, BR-AG-*, BR-B-*). */
export const vatRules: readonly Rule[] = [...families.flatMap(forFamily), ...special]
