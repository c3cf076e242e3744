import { describe, expect, test } from 'vitest'
import { addressSchemes, registerSchemes } from '../../shared/documents/einvoice-schemes.ts'
import { checkElectronicAddress } from '../../shared/tax/ids/electronic-address.ts'

// Published examples of the registers, each as typed and as it goes into an e-invoice.
const right: readonly (readonly [scheme: string, typed: string, value: string])[] = [
  ['EM', 'invoices@example.com', 'invoices@example.com'],
  ['0002', '732 829 320', '732829320'],
  ['0007', '5560360793', '5560360793'],
  ['0088', '40 12345 00000 9', '4012345000009'],
  ['0106', '12345678', '12345678'],
  ['0151', '51 824 753 556', '51824753556'],
  ['0184', 'DK13585628', 'DK13585628'],
  ['0192', '974 760 673', '974760673'],
  ['0204', '04011000-1234512345-06', '04011000-1234512345-06'],
  ['0204', '991-33333TEST-33', '991-33333TEST-33'],
  ['0208', 'BE 0403.170.701', '0403170701'],
  ['0225', '732829320_1', '732829320_1'],
  ['9914', 'ATU13585627', 'ATU13585627'],
  ['9930', 'de 136 695 976', 'DE136695976'],
  ['0195', 'T08GA0028A', 'T08GA0028A'],
  ['0203', 'whatever it is', 'whatever it is'],
]

describe('an electronic address', () => {
  test.each(right)('of %s: %s is right', (scheme, typed, value) => {
    expect(checkElectronicAddress(scheme, typed)).toEqual({ ok: true, value })
  })

  const checked = right.flatMap(([scheme, typed]) =>
    ['EM', '0106', '0195', '0203'].includes(scheme) ? [] : [[scheme, typed] as const],
  )
  test.each(checked)('of %s: %s with another digit is wrong', (scheme, typed) => {
    const at = typed.search(/\d(?=\D*$)/)
    const other = `${typed.slice(0, at)}${(Number(typed[at]) + 1) % 10}${typed.slice(at + 1)}`
    // A part behind the number has no check digit.
    if (scheme === '0225') return expect(checkElectronicAddress(scheme, '732829321_1')).toMatchObject({ ok: false })
    expect(checkElectronicAddress(scheme, other)).toMatchObject({ ok: false })
  })

  test('says what it looks like, with an example', () => {
    expect(checkElectronicAddress('0106', '1234')).toEqual({
      ok: false,
      problem: 'It is 8 digits. Example: 12345678.',
    })
    expect(checkElectronicAddress('EM', 'nobody')).toMatchObject({ ok: false })
  })

  test('every scheme that is offered reads the example that its refusal gives', () => {
    for (const [code] of [...addressSchemes, ...registerSchemes]) {
      const found = checkElectronicAddress(code, '?')
      if (found.ok) continue
      const example = /Example: (.+?)\.?$/.exec(found.problem)?.[1]
      expect([code, example === undefined ? null : checkElectronicAddress(code, example).ok]).toEqual([code, true])
    }
  })
})
