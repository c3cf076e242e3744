import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import {
  bicProblem,
  creditorReferenceOf,
  creditorReferenceProblem,
  ibanProblem,
  isQrIban,
  qrReferenceOf,
  qrReferenceProblem,
  spacedIban,
  spacedReference,
} from '../../shared/documents/bank-ids.ts'
import { type CodeAccount, choosePaymentCode, splitStreet } from '../../shared/documents/payment-code.ts'
import {
  type EpcPayment,
  epcPayload,
  linkPayload,
  linkTemplateProblem,
  type Payload,
  type SwissPayment,
  swissPayload,
  upiPayload,
} from '../../shared/documents/payment-qr.ts'
import { defaultDesign, designLayouts, designOf, templateDesignSchema } from '../../shared/documents/template-design.ts'
import { amountOf } from '../../shared/money/decimal-string.ts'
import { paymentSamples } from '../support/payment-samples.ts'

const textOf = (payload: Payload): string => (payload.ok ? payload.text : JSON.stringify(payload.problems))
const fieldsOf = (payload: Payload): string[] => (payload.ok ? [] : payload.problems.map(({ field }) => field))

const epc: EpcPayment = {
  name: 'Linden GmbH',
  iban: 'DE71 1102 2033 0123 4567 89',
  bic: null,
  amountE4: amountOf('12.30'),
  purpose: null,
  reference: null,
  text: 'INV-1',
  information: null,
}

const creditor = {
  name: 'Kontor am See AG',
  street: 'Seestrasse',
  buildingNumber: '12',
  postalCode: '8002',
  city: 'Zürich',
  country: 'CH',
}

const swiss: SwissPayment = {
  iban: 'CH44 3199 9123 0008 8901 2',
  creditor,
  amountE4: amountOf('1949.75'),
  currency: 'CHF',
  debtor: null,
  referenceType: 'QRR',
  reference: '210000000003139471430009017',
  message: '',
  billInformation: '',
  alternatives: [],
}

describe('bank ids', () => {
  test.each(['DE71 1102 2033 0123 4567 89', 'gb33bukb20201555555555', 'CH9300762011623852957', 'BE72000000001616'])(
    'IBAN %s is sound',
    (iban) => expect(ibanProblem(iban)).toBeNull(),
  )

  test.each([
    ['DE71 1102 2033 0123 4567 98', /check digits/],
    ['DE71 1102 2033 0123 4567', /22 characters/],
    ['11022033', /two letters/],
    ['', /two letters/],
  ])('IBAN %s is refused with its reason', (iban, reason) => expect(ibanProblem(iban)).toMatch(reason))

  test('every single wrong digit of an IBAN and of a QR reference is noticed', () => {
    for (const [sound, problem] of [
      ['DE71110220330123456789', ibanProblem],
      ['210000000003139471430009017', qrReferenceProblem],
    ] as const) {
      expect(problem(sound)).toBeNull()
      for (let at = 2; at < sound.length; at += 1) {
        const wrong = `${sound.slice(0, at)}${(Number(sound[at]) + 1) % 10}${sound.slice(at + 1)}`
        expect(problem(wrong), wrong).not.toBeNull()
      }
    }
  })

  test('references are made with their check digits', () => {
    expect(creditorReferenceOf('539007547034')).toBe('RF18539007547034')
    expect(creditorReferenceProblem('RF18 5390 0754 7034')).toBeNull()
    expect(creditorReferenceProblem('RF19539007547034')).not.toBeNull()
    expect(creditorReferenceOf('INV-2026-0042')).toMatch(/^RF\d\dINV20260042$/)
    expect(creditorReferenceOf('—')).toBeNull()
    expect(qrReferenceOf('INV-2026-0042')).toMatch(/^0{18}20260042\d$/)
    expect(qrReferenceProblem(qrReferenceOf('INV-2026-0042') ?? '')).toBeNull()
    expect(qrReferenceOf('ABC')).toBeNull()
  })

  test('are printed in groups', () => {
    expect(spacedIban('CH9300762011623852957')).toBe('CH93 0076 2011 6238 5295 7')
    expect(spacedReference('210000000003139471430009017')).toBe('21 00000 00003 13947 14300 09017')
    expect(spacedReference('RF18539007547034')).toBe('RF18 5390 0754 7034')
    expect(isQrIban('CH4431999123000889012')).toBe(true)
    expect(isQrIban('CH9300762011623852957')).toBe(false)
    expect(bicProblem('BUKBGB22')).toBeNull()
    expect(bicProblem('BUKBGB2')).toMatch(/8 or 11/)
  })
})

describe('the EPC code', () => {
  test('names account, amount and text, without empty ends', () => {
    expect(textOf(epcPayload(epc))).toBe(
      ['BCD', '002', '1', 'SCT', '', 'Linden GmbH', 'DE71110220330123456789', 'EUR12.3', '', '', 'INV-1'].join('\n'),
    )
  })

  test.each<[string, Partial<EpcPayment>, string]>([
    ['a wrong IBAN', { iban: 'DE00110220330123456789' }, 'iban'],
    ['an account outside of SEPA', { iban: 'TR330006100519786457841326' }, 'iban'],
    ['a Swiss account without BIC', { iban: 'CH9300762011623852957' }, 'bic'],
    ['nothing to pay', { amountE4: amountOf('0') }, 'amount'],
    ['more than the most', { amountE4: amountOf('1000000000') }, 'amount'],
    ['parts of a cent', { amountE4: amountOf('1.005') }, 'amount'],
    ['a name of 71 letters', { name: 'x'.repeat(71) }, 'name'],
    ['a name with a line break', { name: 'A\nEUR9' }, 'name'],
    ['a text of 141 letters', { text: 'x'.repeat(141) }, 'text'],
    ['331 bytes and more', { text: '€'.repeat(90), name: '€'.repeat(60) }, 'text'],
    ['a reference and a text', { reference: 'RF18539007547034' }, 'reference'],
    ['a long purpose', { purpose: 'CHARITY' }, 'purpose'],
  ])('refuses %s', (_, change, field) => expect(fieldsOf(epcPayload({ ...epc, ...change }))).toContain(field))
})

describe('the Swiss QR-bill', () => {
  test('has its 31 lines in order', () => {
    const lines = textOf(swissPayload(swiss)).split('\n')
    expect(lines).toHaveLength(31)
    expect(lines.slice(0, 11).join('|')).toBe(
      'SPC|0200|1|CH4431999123000889012|S|Kontor am See AG|Seestrasse|12|8002|Zürich|CH',
    )
    expect(lines.slice(18, 20)).toEqual(['1949.75', 'CHF'])
    expect(lines.slice(27)).toEqual(['QRR', '210000000003139471430009017', '', 'EPD'])
  })

  test.each<[string, Partial<SwissPayment>, string]>([
    ['a QR-IBAN without QR reference', { referenceType: 'NON', reference: '' }, 'reference'],
    ['a QR reference to an ordinary IBAN', { iban: 'CH9300762011623852957' }, 'reference'],
    ['a wrong check digit', { reference: '210000000003139471430009018' }, 'reference'],
    ['dollars', { currency: 'USD' }, 'currency'],
    ['a German account', { iban: 'DE71110220330123456789' }, 'iban'],
    ['a payee without town', { creditor: { ...creditor, city: '' } }, 'creditor.city'],
    ['letters of Greek', { creditor: { ...creditor, name: 'Ελλάς' } }, 'creditor.name'],
    ['a message of 141 letters', { message: 'x'.repeat(141) }, 'message'],
  ])('refuses %s', (_, change, field) => expect(fieldsOf(swissPayload({ ...swiss, ...change }))).toContain(field))
})

describe('UPI and links', () => {
  test('UPI names payee, amount with two decimals, and blanks as %20', () => {
    const payment = {
      upiId: 'shop@okbank',
      name: 'Sharma & Sons',
      amountE4: amountOf('10'),
      note: 'Bill 7',
      reference: 'INV/7',
    }
    expect(textOf(upiPayload(payment))).toBe(
      'upi://pay?pa=shop@okbank&pn=Sharma%20%26%20Sons&am=10.00&cu=INR&tn=Bill%207&tr=INV%2F7',
    )
    expect(textOf(upiPayload({ ...payment, amountE4: null, note: null, reference: null }))).not.toContain('am=')
    expect(fieldsOf(upiPayload({ ...payment, upiId: 'shop' }))).toEqual(['upiId'])
  })

  test('a link is filled in and encoded', () => {
    const link = { template: 'https://pay.example/i/{number}?a={amount}{currency}', number: 'INV/7 b' }
    expect(textOf(linkPayload({ ...link, amountE4: amountOf('10.5'), currency: 'GBP' }))).toBe(
      'https://pay.example/i/INV%2F7%20b?a=10.50GBP',
    )
    for (const bad of [
      'http://pay.example',
      'javascript:alert(1)',
      'https://',
      'https://a b.c',
      'https://u@b.c/{no}',
    ]) {
      expect(linkTemplateProblem(bad), bad).not.toBeNull()
    }
  })
})

describe('the code that is chosen', () => {
  const account: CodeAccount = {
    holder: 'Linden',
    iban: 'DE71110220330123456789',
    qrIban: null,
    bic: null,
    upiId: 'linden@bank',
    linkTemplate: 'https://pay.example/{number}',
  }
  const request = { account, creditor, debtor: null, currency: 'EUR', amountE4: amountOf('5'), number: 'INV-7' }

  test('follows currency and account', () => {
    const kind = (change: object) => choosePaymentCode({ ...request, ...change }).code?.kind ?? null
    expect(kind({})).toBe('epc')
    expect(kind({ currency: 'INR' })).toBe('upi')
    expect(kind({ currency: 'USD' })).toBe('link')
    expect(kind({ currency: 'CHF', account: { ...account, iban: 'CH9300762011623852957' } })).toBe('swiss')
    expect(kind({ currency: 'USD', account: { ...account, linkTemplate: null } })).toBeNull()
    expect(kind({ amountE4: amountOf('0') })).toBeNull()
  })

  test('a QR-IBAN brings a QR reference, an ordinary one a creditor reference', () => {
    const codeFor = (own: Partial<CodeAccount>) =>
      choosePaymentCode({ ...request, currency: 'CHF', account: { ...account, ...own } }).code?.text.split('\n') ?? []
    expect(codeFor({ iban: 'CH9300762011623852957' })[27]).toBe('SCOR')
    expect(codeFor({ iban: 'CH9300762011623852957', qrIban: 'CH4431999123000889012' })[27]).toBe('QRR')
  })

  test('a payer that the slip cannot name is left out, and what stands in the way is said', () => {
    const swissAccount = { ...account, iban: 'CH9300762011623852957', linkTemplate: null }
    const debtor = { ...creditor, name: '株式会社' }
    const chosen = choosePaymentCode({ ...request, currency: 'CHF', account: swissAccount, debtor })
    expect(chosen.code?.text).not.toContain('株')
    const nowhere = choosePaymentCode({ ...request, account: { ...swissAccount, iban: 'FI0012345678901234' } })
    expect(nowhere).toMatchObject({ code: null, problems: [{ field: 'iban' }] })
  })

  test('streets are split from their numbers', () => {
    expect(splitStreet('Rue du Lac 1268/2')).toEqual({ street: 'Rue du Lac', buildingNumber: '1268/2' })
    expect(splitStreet('Seestrasse 22a')).toEqual({ street: 'Seestrasse', buildingNumber: '22a' })
    expect(splitStreet('Postfach')).toEqual({ street: 'Postfach', buildingNumber: '' })
  })
})

describe('official examples', () => {
  const samples = paymentSamples()

  test.skipIf(samples === null)('EPC: built from their fields, the payloads are the same', () => {
    const blocks = readFileSync(samples?.epc ?? '', 'utf8')
      .split(/^--- .*\n/m)
      .slice(1)
    expect(blocks.length).toBe(3)
    for (const block of blocks) {
      const lines = block.replace(/\n+$/, '').split('\n')
      const at = (index: number) => lines[index] || null
      const built = epcPayload({
        bic: at(4),
        name: at(5) ?? '',
        iban: at(6) ?? '',
        amountE4: amountOf((at(7) ?? '').slice(3)),
        purpose: at(8),
        reference: at(9),
        text: at(10),
        information: at(11),
      })
      expect(textOf(built)).toBe(lines.join('\n'))
    }
  })

  test.skipIf(samples === null)('Swiss: built from their fields, the payloads are the same', () => {
    expect(samples?.swiss.length).toBe(7)
    for (const { txt } of samples?.swiss ?? []) {
      const text = readFileSync(txt, 'utf8')
      const lines = text.split(/\r?\n/)
      const at = (index: number) => lines[index] ?? ''
      const address = (from: number) => ({
        name: at(from + 1),
        street: at(from + 2),
        buildingNumber: at(from + 3),
        postalCode: at(from + 4),
        city: at(from + 5),
        country: at(from + 6),
      })
      const built = swissPayload({
        iban: at(3),
        creditor: address(4),
        amountE4: at(18) === '' ? null : amountOf(at(18)),
        currency: at(19),
        debtor: at(20) === '' ? null : address(20),
        referenceType: at(27) === 'QRR' ? 'QRR' : at(27) === 'SCOR' ? 'SCOR' : 'NON',
        reference: at(28),
        message: at(29),
        billInformation: at(31),
        alternatives: lines.slice(32),
      })
      expect(textOf(built), txt).toBe(lines.join('\n'))
    }
  })
})

describe('designs', () => {
  test('the four finished ones pass their own schema and differ', () => {
    for (const layout of designLayouts) expect(templateDesignSchema.parse(designOf(layout))).toEqual(designOf(layout))
    expect(new Set(designLayouts.map((layout) => JSON.stringify(designOf(layout)))).size).toBe(4)
  })

  test('what cannot be printed is refused in words', () => {
    const parsed = templateDesignSchema.safeParse({
      ...defaultDesign,
      accentColor: 'red',
      columns: [{ key: 'amount', label: null }],
      blocks: ['notes', 'notes'],
    })
    const messages = parsed.error?.issues.map(({ message }) => message).join(' ') ?? ''
    expect(messages).toMatch(/colour as #rrggbb/)
    expect(messages).toMatch(/description has to stay/)
    expect(messages).toMatch(/only once/)
    expect(messages).toMatch(/lines with their totals/)
  })
})
