import { describe, expect, it } from 'vitest'
import { defaultTemplate, templateLanguages } from '../../electron/mail/default-templates.ts'
import {
  type MailVariables,
  mailVariables,
  renderMessage,
  TemplateError,
  variablesFor,
} from '../../electron/mail/template.ts'
import { textToHtml } from '../../electron/mail/text-to-html.ts'
import { sampleValues } from '../../renderer/features/mail/sample-values.ts'
import { messageKinds } from '../../shared/contract/mail.ts'

const values: MailVariables = {
  'client.name': 'Müller & Söhne <GmbH>',
  'client.contactName': '',
  'client.number': 'C-7',
  'invoice.number': 'INV-2025-0001',
  'invoice.issuedOn': '4 March 2025',
  'invoice.dueOn': '3 April 2025',
  'invoice.total': '€1,190.00',
  'invoice.paid': '€0.00',
  'invoice.balance': '€1,190.00',
  'invoice.reference': '',
  'invoice.paymentLink': 'https://pay.example/i?a=1&b=2',
  'business.name': 'Ink & Paper',
  'business.email': 'ada@ink.example',
  'business.phone': '',
  'business.website': 'ink.example',
  'business.bankDetails': 'IBAN DE02 1203 0000 0000 2020 51',
  'sender.name': 'Ada Ink',
}
const body = (template: string, changes: Partial<MailVariables> = {}) =>
  renderMessage({ subject: 's', body: template }, { ...values, ...changes }).body

function problemOf(subject: string, template = ''): TemplateError {
  try {
    renderMessage({ subject, body: template }, values)
  } catch (error) {
    if (error instanceof TemplateError) return error
    throw error
  }
  throw new Error('expected a TemplateError')
}

describe('a template', () => {
  it('fills its variables in as they are', () => {
    expect(body('{{client.name}} owes {{ invoice.total }}')).toBe('Müller & Söhne <GmbH> owes €1,190.00')
  })

  it('does not read the values as a template', () => {
    expect(body('{{client.name}}', { 'client.name': '{{business.bankDetails}}{{#if' })).toBe(
      '{{business.bankDetails}}{{#if',
    )
  })

  it('has conditions', () => {
    const greeting =
      'Hi {{#if client.contactName}}{{client.contactName}}{{else}}{{client.number}}{{/if}}{{#unless business.phone}}!{{/unless}}'
    expect(body(greeting)).toBe('Hi C-7!')
    expect(body(greeting, { 'client.contactName': 'Bo', 'business.phone': '1' })).toBe('Hi Bo')
    expect(body('{{#if client.contactName}}a{{else if client.number}}b{{else}}c{{/if}}')).toBe('b')
  })

  it('takes whole lines out with a condition that stands alone', () => {
    expect(body('a\n{{#if business.phone}}\nphone\n{{/if}}\nb\n{{! a note }}\nc')).toBe('a\nb\nc')
  })

  it('keeps the subject on one line, whatever is filled in', () => {
    const { subject } = renderMessage(
      { subject: 'For\n{{client.name}}', body: '' },
      { ...values, 'client.name': 'A\r\nBcc: x@y.com' },
    )
    expect(subject).toBe('For A Bcc: x@y.com')
  })

  it('of a quote names what a quote has, and nothing of an invoice', () => {
    const quote = { 'quote.number': 'QUO-7', 'client.name': 'Rosewood' }
    expect(renderMessage({ subject: '{{quote.number}}', body: '{{client.name}}' }, quote, 'quote').subject).toBe(
      'QUO-7',
    )
    const wrong = () => renderMessage({ subject: '{{invoice.number}}', body: '' }, quote, 'quote')
    expect(wrong).toThrow(/names \{\{invoice.number\}\}, which is not known.*quote\.validUntil/)
    expect(() => renderMessage({ subject: '{{quote.number}}', body: '' }, values)).toThrow(/not known/)
  })

  it('names an unknown variable, its line and those that there are', () => {
    const error = problemOf('x', 'Hello\n{{client.nmae}}')
    expect(error).toMatchObject({ field: 'body', line: 2, unknownVariable: 'client.nmae' })
    expect(error.message).toBe(
      `Line 2 of the body names {{client.nmae}}, which is not known. There are: ${mailVariables.join(', ')}.`,
    )
    expect(problemOf('{{total}}')).toMatchObject({ field: 'subject', line: 1, unknownVariable: 'total' })
    expect(problemOf('x', '{{#if client.fax}}a{{/if}}').unknownVariable).toBe('client.fax')
  })

  it.each([
    '{{constructor}}',
    '{{client.constructor}}',
    '{{client.name.constructor}}',
    '{{__proto__}}',
    '{{client.__proto__}}',
    '{{this}}',
    '{{this.client.name}}',
    '{{../client.name}}',
    '{{./client.name}}',
    '{{@root}}',
    '{{@root.client.name}}',
    '{{client}}',
    '{{toString}}',
    '{{client/name}}',
  ])('reaches nothing through %s', (source) => {
    expect(problemOf('x', source).message).toContain('which is not known')
  })

  it.each([
    '{{lookup client "constructor"}}',
    '{{log client.name}}',
    '{{#each client}}x{{/each}}',
    '{{#with client}}{{name}}{{/with}}',
    '{{> partial}}',
    '{{#> layout}}x{{/layout}}',
    '{{* decorator}}',
    '{{#*inline "x"}}y{{/inline}}',
    '{{{client.name}}}',
    '{{&client.name}}',
    '{{client.name upper=true}}',
    '{{"text"}}',
    '{{1}}',
    '{{true}}',
    '{{(client.name)}}',
    '{{#client.name}}x{{/client.name}}',
    '{{^client.name}}x{{/client.name}}',
    '{{#if (eq 1 1)}}x{{/if}}',
    '{{#if client.name client.number}}x{{/if}}',
    '{{#if 1}}x{{/if}}',
    '{{#if client.name includeZero=true}}x{{/if}}',
    '{{#if}}x{{/if}}',
    '{{#if client.name as |x|}}x{{/if}}',
    '{{{{raw}}}}x{{{{/raw}}}}',
  ])('does not have %s', (source) => {
    expect(problemOf('x', source).message).toMatch(/templates do not have|is not finished/)
  })

  it.each([
    '{{',
    '{{client.name',
    '{{client.name}',
    '{{#if client.name}}',
    '{{/if}}',
    '{{#if client.name}}x{{/unless}}',
    '{{}}',
    '{{else}}',
  ])('that is broken (%s) is refused with its place', (source) => {
    const error = problemOf('x', `Hello\n${source}`)
    expect(error.field).toBe('body')
    expect(error.message).toContain('not finished or not closed')
  })

  it('has its limits', () => {
    expect(problemOf('x'.repeat(501)).message).toContain('500 characters')
    expect(problemOf('x', 'x'.repeat(50_001)).message).toContain('50000 characters')
    expect(problemOf('x', '{{#if client.name}}'.repeat(1500) + '{{/if}}'.repeat(1500)).message).toMatch(
      /inside one another|not finished/,
    )
  })
})

describe('the templates that come with the app', () => {
  it.each(templateLanguages)('are complete in %s', (language) => {
    const full = renderMessage(defaultTemplate('invoice', language), values)
    for (const shown of ['INV-2025-0001', 'Ink & Paper']) expect(full.subject).toContain(shown)
    for (const shown of [
      'Müller & Söhne',
      'INV-2025-0001',
      '4 March 2025',
      '€1,190.00',
      '3 April 2025',
      'IBAN DE02',
      'Ada Ink',
      'https://pay.example',
    ]) {
      expect(full.body).toContain(shown)
    }
    const none = {
      'invoice.dueOn': '',
      'invoice.paymentLink': '',
      'business.bankDetails': '',
      'sender.name': '',
      'business.website': '',
    }
    const bare = renderMessage(defaultTemplate('invoice', language), { ...values, ...none }).body
    expect(bare).not.toMatch(/\n{3}|[ \t]\n|[:：] ?\n|\{|undefined/)
  })

  it.each(templateLanguages)(
    'have a text of their own for every kind in %s, with known variables alone',
    (language) => {
      for (const kind of messageKinds) {
        const template = defaultTemplate(kind, language)
        // Throws for a variable that the kind does not have.
        const all = Object.fromEntries(variablesFor(kind).map((name) => [name, `<${name}>`]))
        const { subject, body } = renderMessage(template, all, kind)
        expect(`${subject} ${body}`).toContain('<business.name>')
        expect(`${subject} ${body}`).toContain(
          kind === 'statement'
            ? '<statement.to>'
            : kind === 'quote'
              ? '<quote.number>'
              : kind === 'credit-note'
                ? '<creditNote.number>'
                : '<invoice.number>',
        )
        const bare = renderMessage(template, { 'client.name': 'Rose', 'business.name': 'Linden' }, kind).body
        expect(bare, kind).not.toMatch(/\n{3}|[ \t]\n|\{|undefined/)
        if (language === 'en') continue
        const english = defaultTemplate(kind, 'en')
        expect(template.subject, kind).not.toBe(english.subject)
        expect(template.body, kind).not.toBe(english.body)
      }
    },
  )

  it('greet in the manner of the language', () => {
    const sent = (language: string, contact: string) =>
      renderMessage(defaultTemplate('invoice', language), { ...values, 'client.contactName': contact }).body
    expect(sent('ja', '佐藤')).toMatch(/^Müller & Söhne <GmbH>\n佐藤 様\n\nいつもお世話になっております。/)
    expect(sent('ja', '')).toMatch(/^Müller & Söhne <GmbH> 様\n/)
    // Sentences follow each other without a space.
    expect(sent('ja', '')).toContain('お願い申し上げます。お支払期限は')
    expect(sent('ar', 'ليلى')).toMatch(/^تحية طيبة إلى ليلى،\n/)
    expect(sent('hi', 'मीरा')).toMatch(/^नमस्ते मीरा,\n/)
  })

  it('are found by language tag, in English where there is none', () => {
    expect(defaultTemplate('invoice', 'de-AT')).toEqual(defaultTemplate('invoice', 'de'))
    expect(defaultTemplate('invoice', 'PT_br')).toEqual(defaultTemplate('invoice', 'pt'))
    for (const tag of ['sv', '', 'constructor'])
      expect(defaultTemplate('invoice', tag)).toEqual(defaultTemplate('invoice', 'en'))
  })

  it('read like a letter', () => {
    expect(body(defaultTemplate('invoice', 'en').body)).toBe(`Hello Müller & Söhne <GmbH>,

Please find attached invoice INV-2025-0001 of 4 March 2025 for €1,190.00. It is due on 3 April 2025.
Pay online: https://pay.example/i?a=1&b=2

IBAN DE02 1203 0000 0000 2020 51

If anything is unclear, just reply to this mail. Thank you for your business.

Kind regards
Ada Ink
Ink & Paper
ink.example
`)
  })
})

describe('the HTML alternative', () => {
  const inner = (text: string) => /<body>\n(.*)\n<\/body>/s.exec(textToHtml(text))?.[1]

  it('escapes everything and keeps paragraphs and lines', () => {
    expect(inner('a <b>&"\'\nc\r\n\r\n\n<script>alert(1)</script>')).toBe(
      '<p>a &lt;b&gt;&amp;&quot;&#39;<br>\nc</p>\n<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>',
    )
  })

  it('goes from right to left where most of it is read so, but for lines that are not', () => {
    const text = 'تحية طيبة إلى Rosewood Bakery،\n\nنشكركم على ثقتكم.\n+44 20 7946 0000\nhttps://pay.example/i'
    const html = textToHtml(text)
    expect(html).toContain('<html dir="rtl">')
    expect(html).toContain('<body dir="rtl">')
    expect(html).toContain('<p>تحية طيبة إلى Rosewood Bakery،</p>')
    expect(html).toContain('<span dir="ltr">+44 20 7946 0000</span><br>')
    expect(html).toContain('<span dir="ltr"><a href="https://pay.example/i">')
    expect(textToHtml('Hello ليلى, thank you.')).not.toContain('dir=')
    for (const kind of messageKinds) {
      const filled = sampleValues({
        language: 'ar',
        currency: 'SAR',
        business: 'Linden Ltd',
        sender: 'Ada',
        today: '2026-11-21',
      })
      expect(renderMessage(defaultTemplate(kind, 'ar'), filled, kind).html, kind).toContain('<html dir="rtl">')
    }
  })

  it('links https, and nothing else', () => {
    expect(inner('Pay (https://pay.example/i?a=1&b=2).')).toBe(
      '<p>Pay (<a href="https://pay.example/i?a=1&amp;b=2">https://pay.example/i?a=1&amp;b=2</a>).</p>',
    )
    for (const text of [
      'http://x.com',
      'javascript:alert(1)',
      'https://bank.example@evil.example/',
      'https://',
      'data:text/html,x',
      'ftp://x.com',
    ]) {
      expect(textToHtml(text)).not.toContain('<a')
    }
    expect(inner('https://x.com/" onclick="evil()')).toBe(
      '<p><a href="https://x.com/">https://x.com/</a>&quot; onclick=&quot;evil()</p>',
    )
  })
})
