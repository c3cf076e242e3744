import { describe, expect, it } from 'vitest'
import { defaultTemplate, templateLanguages } from '../../electron/mail/default-templates.ts'
import { mailVariables, renderMessage, variablesFor } from '../../electron/mail/template.ts'
import { sampleValues } from '../../renderer/features/mail/sample-values.ts'
import { previewTemplate } from '../../renderer/features/mail/template-preview.ts'
import { messageKinds } from '../../shared/contract/mail.ts'

const sample = (language: string) =>
  sampleValues({ language, currency: 'EUR', business: 'Linden Ltd', sender: 'Ada', today: '2026-11-21' })

const empty = Object.fromEntries(mailVariables.map((name) => [name, '']))

describe('the preview of a template', () => {
  it('knows every variable', () => {
    const all = new Set(messageKinds.flatMap((kind) => variablesFor(kind)))
    expect(Object.keys(sample('en-GB')).sort()).toEqual([...all].sort())
  })

  it('shows what is sent, for every template that comes with the app', () => {
    for (const kind of messageKinds) {
      const nothing = Object.fromEntries(variablesFor(kind).map((name) => [name, '']))
      for (const language of templateLanguages) {
        for (const values of [sample(language), { ...nothing, 'client.name': 'Rose' }]) {
          const template = defaultTemplate(kind, language)
          expect(previewTemplate(template.body, values)).toEqual({ text: renderMessage(template, values, kind).body })
        }
      }
    }
  })

  it('shows what is sent for conditions of every shape', () => {
    const bodies = [
      'a\n{{#if invoice.dueOn}}\ndue {{invoice.dueOn}}\n{{else}}\nnow\n{{/if}}\nz',
      '{{#unless invoice.paid}}unpaid{{/unless}}!',
      '{{#if client.name}}{{#unless invoice.paid}}{{ client.name }} owes{{/unless}}{{else}}nobody{{/if}}',
      'no placeholder { at } all',
    ]
    for (const body of bodies) {
      for (const values of [sample('en-GB'), empty]) {
        const sent = renderMessage({ subject: 'x', body }, values).body
        expect(previewTemplate(body, values)).toEqual({ text: sent })
      }
    }
  })

  it('says what is wrong with one that cannot be sent', () => {
    for (const body of [
      '{{nope}}',
      '{{client.name',
      '{{#if client.name}}x',
      'x{{/if}}',
      '{{#each client.name}}x{{/each}}',
    ]) {
      expect(previewTemplate(body, sample('en-GB'))).toHaveProperty('problem')
      expect(() => renderMessage({ subject: 'x', body }, sample('en-GB'))).toThrow()
    }
  })
})
