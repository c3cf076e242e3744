import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  clientListSearch,
  invoiceListSearch,
  itemListSearch,
  outboxSearch,
  paymentListSearch,
} from '../../renderer/app/search-params.ts'
import { contract } from '../../shared/contract/index.ts'

describe('the state of a list in its address', () => {
  it('keeps what fits and drops what does not', () => {
    expect(invoiceListSearch({ filter: 'overdue', sort: 'payable', direction: 'asc', search: 'oak', evil: 1 })).toEqual(
      {
        filter: 'overdue',
        sort: 'payable',
        direction: 'asc',
        search: 'oak',
      },
    )
    expect(invoiceListSearch({ filter: 'toString', sort: {}, direction: 'up', search: '' })).toEqual({})
  })

  it('keeps a search that is a number', () => {
    expect(clientListSearch({ search: 42 })).toEqual({ search: '42' })
  })

  it('only lets through filters that the procedures accept', () => {
    const raw = fc.dictionary(
      fc.constantFrom('filter', 'sort', 'direction', 'status', 'kind', 'state', 'owing', 'withCredit'),
      fc.oneof(fc.string(), fc.boolean(), fc.constantFrom('all', 'paid', 'asc', 'name', 'active', 'queued', 'product')),
    )
    fc.assert(
      fc.property(raw, (given) => {
        expect(contract.invoices.list.input.safeParse(invoiceListSearch(given)).success).toBe(true)
        expect(contract.clients.list.input.safeParse(clientListSearch(given)).success).toBe(true)
        expect(contract.items.list.input.safeParse(itemListSearch(given)).success).toBe(true)
        expect(contract.payments.list.input.safeParse(paymentListSearch(given)).success).toBe(true)
        expect(contract.mail.outbox.input.safeParse(outboxSearch(given)).success).toBe(true)
      }),
    )
  })
})
