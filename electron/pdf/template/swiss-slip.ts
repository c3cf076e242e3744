import { spacedIban, spacedReference } from '../../../shared/documents/bank-ids.ts'
import type { PaymentCode } from '../../../shared/documents/payment-code.ts'
import type { SwissAddress, SwissPayment } from '../../../shared/documents/payment-qr.ts'
import { toDecimalString } from '../../../shared/money/decimal-string.ts'
import type { Amount } from '../../../shared/money/scaled.ts'
import { swissCodeModules } from '../code-modules.ts'
import { drawFill, drawStrokes, drawText, type Sheet } from '../sheet.ts'
import { wrapText } from '../wrap-text.ts'
import { millimetre, type Paper } from './theme.ts'

/** The slip's own words in the four languages that its guidelines give; English for all others. */
type SlipWords = {
  readonly payment: string
  readonly account: string
  readonly reference: string
  readonly information: string
  readonly currency: string
  readonly amount: string
  readonly receipt: string
  readonly acceptance: string
  readonly separate: string
  readonly payableBy: string
  readonly payableByBlank: string
}

const english: SlipWords = {
  payment: 'Payment part',
  account: 'Account / Payable to',
  reference: 'Reference',
  information: 'Additional information',
  currency: 'Currency',
  amount: 'Amount',
  receipt: 'Receipt',
  acceptance: 'Acceptance point',
  separate: 'Separate before paying in',
  payableBy: 'Payable by',
  payableByBlank: 'Payable by (name/address)',
}

const byLanguage: Readonly<Record<string, SlipWords>> = {
  de: {
    payment: 'Zahlteil',
    account: 'Konto / Zahlbar an',
    reference: 'Referenz',
    information: 'Zusätzliche Informationen',
    currency: 'Währung',
    amount: 'Betrag',
    receipt: 'Empfangsschein',
    acceptance: 'Annahmestelle',
    separate: 'Vor der Einzahlung abzutrennen',
    payableBy: 'Zahlbar durch',
    payableByBlank: 'Zahlbar durch (Name/Adresse)',
  },
  fr: {
    payment: 'Section paiement',
    account: 'Compte / Payable à',
    reference: 'Référence',
    information: 'Informations supplémentaires',
    currency: 'Monnaie',
    amount: 'Montant',
    receipt: 'Récépissé',
    acceptance: 'Point de dépôt',
    separate: 'A détacher avant le versement',
    payableBy: 'Payable par',
    payableByBlank: 'Payable par (nom/adresse)',
  },
  it: {
    payment: 'Sezione pagamento',
    account: 'Conto / Pagabile a',
    reference: 'Riferimento',
    information: 'Informazioni supplementari',
    currency: 'Valuta',
    amount: 'Importo',
    receipt: 'Ricevuta',
    acceptance: 'Punto di accettazione',
    separate: 'Da staccare prima del versamento',
    payableBy: 'Pagabile da',
    payableByBlank: 'Pagabile da (nome/indirizzo)',
  },
}

const mm = (length: number): number => length * millimetre
const ink = '#000000'

/** The height of the slip, in points; it fills the foot of an A4 page from edge to edge. */
export const slipHeight = mm(105)

const addressLines = ({ name, street, buildingNumber, postalCode, city, country }: SwissAddress): string[] => {
  const town = `${postalCode} ${city}`
  return [
    name,
    `${street} ${buildingNumber}`.trim(),
    country === 'CH' || country === 'LI' ? town : `${country}-${town}`,
  ].filter((line) => line !== '')
}

/** `1 949.75`: groups of three behind a blank, as the guidelines write amounts. */
const slipAmount = (value: Amount): string => {
  const [whole = '', part = ''] = toDecimalString(value, 4, 2).split('.')
  return `${whole.replace(/\B(?=(\d{3})+$)/g, ' ')}.${part}`
}

type Section = {
  readonly heading: string
  readonly lines: readonly string[]
  readonly blank?: readonly [number, number]
}
type Look = { readonly x: number; readonly width: number; readonly heading: number; readonly text: number }

/** Marks the corners of a field that is filled in by hand. */
const drawCorners = (sheet: Sheet, x: number, y: number, width: number, height: number): void => {
  const arm = mm(3)
  const [right, bottom] = [x + width, y + height]
  drawStrokes(
    sheet,
    [
      [x, y, x + arm, y],
      [x, y, x, y + arm],
      [right - arm, y, right, y],
      [right, y, right, y + arm],
      [x, bottom - arm, x, bottom],
      [x, bottom, x + arm, bottom],
      [right - arm, bottom, right, bottom],
      [right, bottom - arm, right, bottom],
    ],
    { thickness: 0.75, color: ink },
  )
}

const drawSections = (sheet: Sheet, sections: readonly Section[], look: Look, top: number): void => {
  let y = top
  for (const { heading, lines, blank } of sections) {
    drawText(sheet, heading, {
      x: look.x,
      y: y + look.heading,
      size: look.heading,
      color: ink,
      weight: 'strong',
      fit: look.width,
    })
    y += look.heading + 2
    if (blank) {
      drawCorners(sheet, look.x, y + 2, mm(blank[0]), mm(blank[1]))
      y += mm(blank[1]) + 6
      continue
    }
    for (const line of lines.flatMap((text) => wrapText(text, 'regular', look.text, look.width))) {
      drawText(sheet, line, { x: look.x, y: y + look.text, size: look.text, color: ink })
      y += look.text + 1.2
    }
    y += look.text
  }
}

const sectionsOf = (payment: SwissPayment, words: SlipWords, isReceipt: boolean): Section[] => {
  const sections: Section[] = [
    { heading: words.account, lines: [spacedIban(payment.iban), ...addressLines(payment.creditor)] },
  ]
  if (payment.reference !== '') sections.push({ heading: words.reference, lines: [spacedReference(payment.reference)] })
  const information = [payment.message, payment.billInformation].filter((text) => text !== '')
  if (!isReceipt && information.length > 0) sections.push({ heading: words.information, lines: information })
  sections.push(
    payment.debtor === null
      ? { heading: words.payableByBlank, lines: [], blank: isReceipt ? [52, 20] : [65, 25] }
      : { heading: words.payableBy, lines: addressLines(payment.debtor) },
  )
  return sections
}

type AmountPlace = {
  readonly x: number
  readonly second: number
  readonly y: number
  readonly heading: number
  readonly text: number
}

const drawAmount = (
  sheet: Sheet,
  payment: SwissPayment,
  words: SlipWords,
  place: AmountPlace,
  box: readonly [number, number],
): void => {
  const strong = { y: place.y + place.heading, size: place.heading, color: ink, weight: 'strong' } as const
  drawText(sheet, words.currency, { ...strong, x: place.x })
  drawText(sheet, words.amount, { ...strong, x: place.second })
  const y = place.y + place.heading + 4 + place.text
  drawText(sheet, payment.currency, { x: place.x, y, size: place.text, color: ink })
  if (payment.amountE4 === null) drawCorners(sheet, place.second, y - place.text, mm(box[0]), mm(box[1]))
  else drawText(sheet, slipAmount(payment.amountE4), { x: place.second, y, size: place.text, color: ink })
}

/** The Swiss cross of 7 mm in the middle of the code: white edge, black square of 6 mm, white cross. */
const drawCross = (sheet: Sheet, x: number, y: number): void => {
  const size = mm(7)
  const unit = size / 19.8
  const fill = (left: number, top: number, width: number, height: number, color: string): void => {
    drawFill(sheet, { x: x + left * unit, y: y + top * unit, width: width * unit, height: height * unit, color })
  }
  fill(0, 0, 19.8, 19.8, '#ffffff')
  fill(1.42, 1.42, 16.96, 16.96, ink)
  fill(8.25, 4.4, 3.3, 11, '#ffffff')
  fill(4.4, 8.25, 11, 3.3, '#ffffff')
}

/** The lines along which the slip is cut, and the words for those who have no perforation. */
const drawCuts = (sheet: Sheet, paper: Paper, words: SlipWords, top: number): void => {
  const look = { thickness: 0.5, color: ink, dash: 2.4 }
  drawStrokes(sheet, [[0, top, paper.width, top]], look)
  drawStrokes(sheet, [[mm(62), top, mm(62), paper.height]], look)
  drawText(sheet, words.separate, { x: paper.width / 2, y: top - 4, size: 6.5, color: ink, align: 'center' })
}

/**
 * Draws the Swiss QR-bill slip at the foot of a page: receipt, payment part and code, at the places and sizes of the
 * SIX implementation guidelines 2.3.
 */
export const drawSwissSlip = (
  sheet: Sheet,
  paper: Paper,
  code: Extract<PaymentCode, { kind: 'swiss' }>,
  language: string,
): void => {
  const words = byLanguage[language.slice(0, 2).toLowerCase()] ?? english
  const top = paper.height - slipHeight
  const { payment } = code
  drawCuts(sheet, paper, words, top)
  const title = { y: top + mm(5) + 9, size: 11, color: ink, weight: 'strong' } as const
  const receipt: Look = { x: mm(5), width: mm(52), heading: 6, text: 8 }
  drawText(sheet, words.receipt, { ...title, x: receipt.x })
  drawSections(sheet, sectionsOf(payment, words, true), receipt, top + mm(12))
  const small = { x: receipt.x, second: mm(17), y: top + mm(68), heading: 6, text: 8 }
  drawAmount(sheet, payment, words, small, [30, 10])
  const acceptance = { x: mm(57), y: top + mm(82) + 6, size: 6, color: ink, weight: 'strong', align: 'right' } as const
  drawText(sheet, words.acceptance, acceptance)
  const part: Look = { x: mm(118), width: mm(87), heading: 8, text: 10 }
  drawText(sheet, words.payment, { ...title, x: mm(67) })
  drawSections(sheet, sectionsOf(payment, words, false), part, top + mm(5))
  const [codeX, codeY, size] = [mm(67), top + mm(17), mm(46)]
  sheet.marks.push({ kind: 'code', x: codeX, y: codeY, size, modules: swissCodeModules(code.text) })
  drawCross(sheet, codeX + (size - mm(7)) / 2, codeY + (size - mm(7)) / 2)
  const large = { x: mm(67), second: mm(82), y: top + mm(68), heading: 8, text: 10 }
  drawAmount(sheet, payment, words, large, [40, 15])
}
