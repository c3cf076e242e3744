import { Button, SegmentedControl } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { Quote, QuoteConversion } from '../../../../shared/contract/quotes.ts'
import { describeError } from '../../../app/errors.ts'
import { useApiQuery, useCommand } from '../../../app/queries.ts'
import { newId } from '../../../ids.ts'
import { Dialog, DialogFooter } from '../../../ui/dialog.tsx'
import { PercentField } from '../../../ui/number-fields.tsx'
import { showToast } from '../../../ui/toast.tsx'
import { unreadableField } from '../../../ui/unreadable-field.ts'
import { type ConversionChoice, conversionOf, firstConversion } from './conversion-choice.ts'
import { ConvertLines } from './convert-lines.tsx'
import { ConvertSum } from './convert-sum.tsx'
import classes from './quote.module.css'

type Kind = QuoteConversion['kind']

const hints: Readonly<Record<Kind, string>> = {
  final: 'Everything that is not invoiced yet. Deposits are taken off again, with their tax.',
  lines: 'Whole lines or a part of their quantity; the rest stays for another invoice.',
  percentage: 'A share of the whole offer, as a line for each tax.',
  deposit: 'Asked for before the work; the final invoice takes it off again, with its tax.',
}

type PartProps = {
  readonly quote: Quote
  readonly choice: ConversionChoice
  readonly onChange: (choice: ConversionChoice) => void
}

const WhatToInvoice = ({ quote, choice, onChange }: PartProps) => {
  const hasDeposit = quote.invoices.some((it) => it.kind === 'deposit' && it.state !== 'void')
  return (
    <div className={classes['what']}>
      <SegmentedControl
        fullWidth
        aria-label="What to invoice"
        value={choice.kind}
        data={[
          { value: 'final', label: hasDeposit ? 'Final invoice' : 'Everything left' },
          { value: 'lines', label: 'Chosen lines' },
          { value: 'percentage', label: 'Percentage' },
          { value: 'deposit', label: 'Deposit' },
        ]}
        // The control gives back one of the values above.
        onChange={(kind) => onChange({ ...choice, kind: kind as Kind })}
      />
      <p className={classes['quiet']}>{hints[choice.kind]}</p>
      {choice.kind === 'lines' && <ConvertLines quote={quote} choice={choice} onChange={onChange} />}
      {(choice.kind === 'percentage' || choice.kind === 'deposit') && (
        <PercentField
          label={choice.kind === 'deposit' ? 'Deposit' : 'Share of the offer'}
          w={160}
          data-autofocus
          value={choice.percentE6}
          onChange={(percentE6) => onChange({ ...choice, percentE6 })}
        />
      )}
    </div>
  )
}

const ConvertContent = ({ quote, onClose }: Omit<Props, 'opened'>) => {
  const navigate = useNavigate()
  const [choice, setChoice] = useState<ConversionChoice>(() => firstConversion(quote))
  const [invoiceId] = useState(newId)
  const [place, setPlace] = useState<HTMLDivElement | null>(null)
  const convert = useCommand('quotes', 'toInvoice')
  const conversion = conversionOf(choice)
  const preview = useApiQuery(
    'quotes',
    'previewInvoice',
    { id: quote.id, conversion: conversion ?? { kind: 'final' } },
    { enabled: conversion !== null },
  )
  const make = async () => {
    const unreadable = unreadableField(place)
    if (unreadable !== undefined) return unreadable.focus()
    if (conversion === null) return
    try {
      await convert.mutateAsync({ id: quote.id, version: quote.version, invoiceId, conversion })
      showToast({ message: `This draft comes from ${quote.number}. Look it over, then issue it.` })
      onClose()
      await navigate({ to: '/invoices/$id', params: { id: invoiceId } })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  const isSound = conversion !== null && preview.error === null && preview.data !== undefined
  return (
    <div ref={setPlace} className={classes['convert']}>
      <WhatToInvoice quote={quote} choice={choice} onChange={setChoice} />
      <ConvertSum
        quote={quote}
        preview={conversion === null ? undefined : preview.data}
        problem={conversion === null ? null : (preview.error?.message ?? null)}
      />
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Cancel
        </Button>
        <Button disabled={!isSound} loading={convert.isPending} onClick={() => void make()}>
          Make draft invoice
        </Button>
      </DialogFooter>
    </div>
  )
}

type Props = { readonly quote: Quote; readonly opened: boolean; readonly onClose: () => void }

/** Turns a quote, or a part of it, into a draft invoice, with what was invoiced before and what is left in view. */
export const ConvertDialog = ({ quote, opened, onClose }: Props) => (
  <Dialog open={opened} onClose={onClose} title={`Turn ${quote.number} into an invoice`} size="lg">
    {opened && <ConvertContent quote={quote} onClose={onClose} />}
  </Dialog>
)
