import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import Papa from 'papaparse'
import { describe, expect, test } from 'vitest'
import { checkLabelledId, checkTaxId, idSchemes, schemeOfLabel } from '../../../shared/tax/ids/index.ts'
import { gstinCheckCharacter, gstinKind } from '../../../shared/tax/ids/india.ts'

const folder = fileURLToPath(new URL('../../../../shared/data/ids/', import.meta.url))
const present = existsSync(folder)

type Sample = { readonly kind?: string; readonly value: string; readonly expected: string; readonly note?: string }
// A row that its source catches as wrong, or checks by shape alone, says so in its note.
const expectedOf = ({ expected, note = '' }: Sample) => expected === 'valid' && !note.includes('caught(')
// A comma for a point is a slip of the hand that we read over.
const isChecked = (file: string, { value, note = '' }: Sample) =>
  !(value.includes(',') && note.includes('InvalidFormat')) &&
  (file !== 'mx.rfc.csv' || /validate_check_digits|caught|InvalidComponent$/.test(note))
const samples = (file: string): Sample[] =>
  Papa.parse<Sample>(readFileSync(`${folder}${file}`, 'utf8').trim(), { header: true }).data.filter(
    (it) => (it.expected === 'valid' || it.expected === 'invalid') && isChecked(file, it),
  )

describe.skipIf(!present)('published numbers, left out where ../shared/data/ids is not there', () => {
  test.each([
    ['eu.vat.csv', 'VAT'],
    ['gb.vat.csv', 'GB-VAT'],
    ['gb.utr.csv', 'GB-UTR'],
    ['in.gstin.csv', 'IN-GSTIN'],
    ['in.pan.csv', 'IN-PAN'],
    ['mx.rfc.csv', 'MX-RFC'],
    ['co.nit.csv', 'CO-NIT'],
    ['ar.cuit.csv', 'AR-CUIT'],
    ['de.vat.csv', 'DE'],
    ['es.nif.csv', 'ES'],
    ['it.iva.csv', 'IT'],
    ['iban.csv', 'IBAN'],
    ['iso11649.csv', 'RF'],
    ['lei.csv', 'LEI'],
    ['bic.csv', 'BIC'],
    ['ean.csv', 'EAN'],
    ['ch.uid.csv', 'CH-UID'],
    ['fr.siret.csv', 'FR-SIRET'],
  ])('%s', (file, by) => {
    const wrong = samples(file)
      .map((it) => ({ ...it, ok: checkTaxId(by, it.value).ok }))
      .filter((it) => it.ok !== expectedOf(it))
    expect(wrong).toEqual([])
  })
})

describe('worked examples', () => {
  test('GSTIN check characters', () => {
    expect(gstinCheckCharacter('27AAPFU0939F1Z')).toBe('V')
    expect(gstinCheckCharacter('29AAGCB7383J1Z')).toBe('4')
    expect(gstinCheckCharacter('27AAACT2727Q1Z')).toBe('W')
  })

  test('GSTINs of other shapes: embassies, non-residents, online services, deductors, collectors', () => {
    expect(['0717USA12345UNF', '9917SGP29001OSB', '0725FRA12345NRF'].map(gstinKind)).toEqual(['uin', 'oidar', 'nrtp'])
    expect(['27AAPFU0939F1DV', '27AAPFU0939F1CV', '27AAPFU0939F1ZV'].map(gstinKind)).toEqual([
      'deductor',
      'collector',
      'regular',
    ])
    for (const value of ['0717USA12345UNF', '9917SGP29001OSB']) expect(checkTaxId('IN', value).ok).toBe(true)
  })

  test('UK VAT numbers of both series', () => {
    for (const value of ['980 7806 84', '101747696', '101747641', 'GB 980 7806 84 001', 'GD100', 'HA501']) {
      expect([value, checkTaxId('GB', value).ok]).toEqual([value, true])
    }
    expect(checkTaxId('GB', '980780685').ok).toBe(false)
  })

  test.each([
    ['CO-NIT', '800197268-4'],
    ['CO-NIT', '899999068-1'],
    ['CO-NIT', '890903938-8'],
    ['MX-RFC', 'EKU9003173C9'],
    ['MX-RFC', 'URE180429TM6'],
    ['MX-RFC', 'SAT970701NN3'],
    ['MX-RFC', 'XAXX010101000'],
    ['AR-CUIT', '20-26756539-3'],
    ['AR-CUIT', '30-00000000-7'],
    ['GB-UTR', '1097172564'],
    ['RF', 'RF18539007547034'],
  ])('%s %s', (by, value) => {
    expect(checkTaxId(by, value).ok).toBe(true)
  })

  test('what is typed comes back in one form', () => {
    expect(checkTaxId('IN-GSTIN', ' 27 aapfu0939f1zv ')).toEqual({ ok: true, value: '27AAPFU0939F1ZV' })
    expect(checkTaxId('BE', '403.019.261')).toEqual({ ok: true, value: 'BE0403019261' })
    expect(checkTaxId('GR', 'GR94259216')).toEqual({ ok: true, value: 'EL094259216' })
    expect(checkTaxId('US', '123456789')).toEqual({ ok: true, value: '12-3456789' })
  })

  test('what is wrong is said in words with an example', () => {
    expect(checkTaxId('DE', 'DE12345')).toEqual({
      ok: false,
      value: 'DE12345',
      problem: 'A German VAT number is DE and 9 digits.',
      example: 'DE136695976',
    })
    expect(checkTaxId('DE', 'DE136695978')).toMatchObject({ problem: expect.stringContaining('check digit') })
  })
})

describe('schemes', () => {
  test.each([...idSchemes.values()].map((it) => [it.id, it] as const))('%s accepts its own example', (_, it) => {
    expect(it.check(it.example).ok).toBe(true)
  })

  test.each([...idSchemes.values()].map((it) => [it.id, it] as const))('%s refuses nonsense', (_, it) => {
    for (const value of ['', '-', 'ABC', '0', '???', 'X'.repeat(60)])
      expect([value, it.check(value).ok]).toEqual([value, false])
  })

  test.each([
    ['USt-IdNr.', 'DE', 'DE-VAT'],
    ['Steuernummer', 'DE', undefined],
    ['BTW-nr.', 'BE', 'BE-VAT'],
    ['N° TVA', 'FR', 'FR-VAT'],
    ['Partita IVA', 'IT', 'IT-VAT'],
    ['ДДС №', 'BG', 'BG-VAT'],
    ['Αρ. ΦΠΑ', 'CY', 'CY-VAT'],
    ['ΑΦΜ', 'GR', 'EL-VAT'],
    ['DIČ', 'CZ', 'CZ-VAT'],
    ['IČ DPH', 'SK', 'SK-VAT'],
    ['ALV-tunnus', 'FI', 'FI-VAT'],
    ['VAT no.', 'GB', 'GB-VAT'],
    ['VAT no.', 'ZA', undefined],
    ['Company no.', 'GB', 'GB-COMPANY'],
    ['PAN', 'IN', 'IN-PAN'],
    ['PAN', 'NP', undefined],
    ['GST/HST no.', 'CA', 'CA-BN'],
    ['NIT', 'CO', 'CO-NIT'],
    ['Tax number', 'IN', 'IN-GSTIN'],
  ])('"%s" in %s is %s', (label, country, expected) => {
    expect(schemeOfLabel(label, country)?.id).toBe(expected)
  })

  test('a number of another member state is checked by its own rule', () => {
    expect(checkLabelledId('VAT no.', 'GB', 'ATU13585627')).toEqual({ ok: true, value: 'ATU13585627' })
    expect(checkLabelledId('USt-IdNr.', 'DE', 'XI110305878')).toEqual({ ok: true, value: 'XI110305878' })
    expect(checkLabelledId('KvK-nummer', 'NL', ' 12345678 ')).toEqual({ ok: true, value: '12345678' })
  })
})
