import type { Page } from '@playwright/test'
import { v7 } from 'uuid'
import { addDays } from '../../shared/dates.ts'
import { designOf } from '../../shared/documents/template-design.ts'
import { zero } from '../../shared/money/scaled.ts'
import { makeCreditDraft } from '../support/credit-inputs.ts'
import { contentFor, line, makeClient, makeDraft, makeInvoice, makeQuote, quoteLine } from '../support/factories.ts'
import { addPerson, password, withPassword } from '../support/people.ts'
import type { Workspace } from '../support/workspace.ts'
import { type App, expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'
import { expectDrawn, invoiceScreen } from './support/invoice-screen.ts'
import { goTo } from './support/second-window.ts'

type Place = {
  readonly name: string
  readonly visit: (page: Page) => Promise<void>
  readonly leave?: (page: Page) => Promise<void>
}

const expectNoFindings = async (app: App, places: readonly Place[]) => {
  const { page } = app
  const found: string[] = []
  for (const { name, visit, leave } of places) {
    await test.step(name, async () => {
      await visit(page)
      found.push(...(await axeFindings(app, name)))
      await leave?.(page)
    })
  }
  expect(found).toEqual([])
}

// Some seventy readings of a whole page by axe.
test.slow()

const heading = (page: Page, name: string | RegExp) => page.getByRole('heading', { level: 1, name })

const at = (
  path: string,
  title: string | RegExp,
  more: (page: Page) => Promise<void> = async () => undefined,
): Place => ({
  name: path,
  visit: async (page) => {
    await goTo(page, path)
    await expect(heading(page, title)).toBeVisible()
    await more(page)
  },
})

const firstRow = (page: Page, grid: string) => page.getByRole('grid', { name: grid }).getByRole('row').nth(1)

const rowsOf = (grid: string) => async (page: Page) => {
  await expect(firstRow(page, grid)).toBeVisible()
}

const saying = (text: string | RegExp) => async (page: Page) => {
  await expect(page.getByRole('main').getByText(text).first()).toBeVisible()
}

const empty: readonly Place[] = [
  at('/', 'Home', saying('Write your first invoice')),
  at('/invoices', 'Invoices', saying(/^Your invoices will be here/)),
  at('/quotes', 'Quotes', saying(/^Quotes are what you offer/)),
  at('/quotes/new', 'New quote', expectDrawn),
  at('/credit-notes', 'Credit notes', saying(/^Credit notes give back/)),
  at('/credit-notes/new', 'New credit note', expectDrawn),
  at('/clients', 'Clients', saying(/^Clients are the people/)),
  at('/items', 'Items', saying(/^Items are what you sell/)),
  at('/payments', 'Payments', saying(/^Money that comes in/)),
  at('/outbox', 'Outbox', saying(/\w\.$/)),
  at('/recurring', 'Recurring invoices', saying(/^Recurring invoices make themselves/)),
  at('/recurring/new', 'New recurring invoice', saying('REPEATS')),
  at('/clients/duplicates', 'Duplicate clients', saying(/^No two clients/)),
  at('/settings/numbering/report', 'Numbers and gaps', saying(/^No number was given/)),
  at('/settings/clients', 'Clients', saying('Account managers')),
  at('/nowhere', /./),
  at('/invoices/new', 'New invoice', expectDrawn),
  at('/payments/new', 'Record a payment', saying('Choose a client to see what is open.')),
  at('/settings/business', 'Business', saying('Legal name')),
  at('/settings/branches', 'Branches', saying(/^You work from one place/)),
  at('/settings/documents', 'Documents', saying('Accent colour')),
  at('/settings/numbering', 'Numbering', saying(/INV/)),
  at('/settings/taxes', /Tax/, saying(/20/)),
  at('/settings/exchange-rates', 'Exchange rates', saying(/^No rates yet/)),
  at('/settings/tags', 'Tags', saying(/^Words of your own on clients/)),
  at('/notifications', 'Notifications', saying(/^What happens by itself is told here/)),
  at('/reports/revenue', 'Revenue', saying(/^No revenue in this period/)),
  at('/reports/aged', 'Aged receivables', saying(/^Nobody owed anything/)),
  at('/reports/tax', 'Tax', saying(/^1\. VAT due/)),
  at('/settings/mail', 'Mail', saying('Test the settings')),
  at('/settings/mail-templates', 'Mail templates', saying('Insert at the cursor')),
  at('/settings/reminders', 'Reminders', saying('Use the standard plan')),
  at('/reminders', 'Reminders due', saying('Make a plan')),
  at('/settings/appearance', 'Appearance', saying('Dark')),
  at('/settings/data', /./, saying(/\w\.$/)),
  at('/welcome', 'Set up your business'),
]

const opened = (path: string, grid: string, name: string, more: (page: Page) => Promise<void>): Place => ({
  name,
  visit: async (page) => {
    await goTo(page, path)
    await firstRow(page, grid).click()
    await more(page)
  },
})

/** Something that is opened on the place before, and put away by Escape. */
const over = (name: string, open: (page: Page) => Promise<void>): Place => ({
  name,
  visit: async (page) => {
    await open(page)
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  leave: async (page) => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  },
})

const pressing = (button: string | RegExp) => (page: Page) => page.getByRole('button', { name: button }).click()

const full: readonly Place[] = [
  at('/reports/tax', 'Tax', saying(/^1\. VAT due/)),
  at('/', 'Home', saying('Outstanding')),
  at('/invoices', 'Invoices', rowsOf('Invoices')),
  at('/clients', 'Clients', rowsOf('Clients')),
  over('a new client', pressing('New client')),
  at('/items', 'Items', rowsOf('Items')),
  over('a new item', pressing('New item')),
  opened('/payments', 'Payments', 'a payment', saying('What happened')),
  opened('/clients', 'Clients', 'a client', saying('Outstanding')),
  over('the data rights of a client', async (page) => {
    await page.getByRole('button', { name: 'More actions' }).click()
    await page.getByRole('menuitem', { name: 'Data rights…' }).click()
    await page.getByRole('button', { name: 'Look at what would go' }).click()
    await expect(page.getByText('What goes')).toBeVisible()
  }),
  ...['Contacts', 'Notes', 'Invoices', 'Quotes', 'Credit notes', 'Statement', 'Timeline', 'Files'].map(
    (tab): Place => ({
      name: `${tab} of a client`,
      visit: (page) =>
        page
          .getByRole('main')
          .getByRole('button', { name: new RegExp(`^${tab}`) })
          .click(),
    }),
  ),
  opened('/invoices?filter=draft', 'Invoices', 'a draft', expectDrawn),
  over('the question before issuing', async (page) => {
    await goTo(page, '/invoices?filter=draft')
    await firstRow(page, 'Invoices').click()
    await invoiceScreen(page).issue.click()
  }),
  opened('/invoices?filter=open', 'Invoices', 'an issued invoice', expectDrawn),
  over('sending', async (page) => {
    await goTo(page, '/invoices?filter=open')
    await firstRow(page, 'Invoices').click()
    await page.getByRole('button', { name: /^Send( again)?$/ }).click()
    await expect(page.getByRole('textbox', { name: 'Subject' })).toBeVisible()
  }),
  ...['Credit…', 'Correct this invoice…', 'Write off the rest…'].map((item) =>
    over(`${item} of an invoice`, async (page) => {
      await goTo(page, '/invoices?filter=open')
      await firstRow(page, 'Invoices').click()
      await page.getByRole('button', { name: 'More actions' }).click()
      await page.getByRole('menuitem', { name: item }).click()
      await expect(page.getByRole('dialog').getByRole('textbox').first()).toBeVisible()
    }),
  ),
  over('the palette', async (page) => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('in')
    await expect(page.getByRole('option').first()).toBeVisible()
  }),
  over('the shortcuts', pressing('Help: keyboard shortcuts')),
]

const reported: readonly Place[] = [
  ...['revenue?group=client&compare=year-before', 'payments?group=method', 'days-to-pay', 'quotes'].map((path) =>
    at(`/reports/${path}`, /./, async (page) => {
      await expect(page.getByRole('main').getByRole('table')).toBeVisible()
      await page
        .getByRole('button', { name: /: show / })
        .first()
        .click()
      await expect(page.getByRole('button', { name: 'Close the documents' })).toBeVisible()
    }),
  ),
  at('/reports', 'Reports', saying('Aged receivables')),
  at('/reports/export', 'Export', saying('For the accountant')),
  opened('/reports/aged', 'Aged receivables', 'what a client owes', saying('Sum')),
  over('sending statements', async (page) => {
    await page.getByRole('checkbox', { name: 'Select all loaded rows' }).click()
    await page.getByRole('button', { name: 'Send statements…' }).click()
    await expect(page.getByRole('dialog').getByText('No mail account')).toBeVisible()
  }),
]

test('finds nothing on the screens of a new business and its settings', async ({ app }) => {
  await app.seed(async () => undefined)
  await app.open()
  await expectNoFindings(app, empty)
})

test('finds nothing on the screens of a year of business', async ({ app }) => {
  await app.open('--demo')
  await expectNoFindings(app, full)
})

test('finds nothing on reports, aged receivables and exports', async ({ app }) => {
  await app.open('--demo')
  await expectNoFindings(app, reported)
})

const offered = (workspace: Workspace, clientId: string) =>
  makeQuote(workspace, clientId, {
    lines: [
      quoteLine({ name: 'Design' }),
      quoteLine({ name: 'Photographs', choice: 'optional', isChosen: false }),
      quoteLine({ name: 'Menu, small', choice: 'alternative', groupName: 'Menu' }),
      quoteLine({ name: 'Menu, large', choice: 'alternative', groupName: 'Menu', isChosen: false }),
    ],
  })

test('finds nothing on quotes, credit notes and their dialogs', async ({ app }) => {
  const { open, late, accepted, draft, note } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    await makeInvoice(workspace, clientId)
    const won = await offered(workspace, clientId)
    const { issuedOn: on } = (await workspace.call('quotes.get', { id: won.id })).content
    await workspace.call('quotes.accept', { id: won.id, version: won.version, on, by: 'Rosa Wood' })
    const copy = await workspace.call('quotes.duplicate', { id: won.id, newId: v7() })
    const credit = await makeCreditDraft(workspace, clientId)
    return {
      open: await offered(workspace, clientId),
      late: await makeQuote(workspace, clientId, { issuedOn: '2026-01-05', validUntil: '2026-02-05' }),
      accepted: won,
      draft: copy,
      note: await workspace.call('creditNotes.issue', { id: credit.id, version: credit.version }),
    }
  })
  await app.open()
  await expectNoFindings(app, [
    at('/quotes', 'Quotes', rowsOf('Quotes')),
    at('/credit-notes', 'Credit notes', rowsOf('Credit notes')),
    at(`/quotes/${draft.id}`, /Draft/, expectDrawn),
    at(`/quotes/${open.id}`, open.number, expectDrawn),
    over('accepting a quote', pressing('Accepted')),
    at(`/quotes/${late.id}`, late.number, expectDrawn),
    over('accepting a quote that has expired', async (page) => {
      await pressing('Accepted')(page)
      await expect(page.getByRole('dialog').getByText(/^This quote expired on/)).toBeVisible()
    }),
    at(`/quotes/${accepted.id}`, accepted.number, expectDrawn),
    over('turning a quote into an invoice', async (page) => {
      await page.getByRole('button', { name: 'Turn into invoice' }).click()
      await page.getByRole('dialog').getByText('Chosen lines', { exact: true }).click()
    }),
    at(`/credit-notes/${note.id}`, note.number, expectDrawn),
    over('using credit', pressing('Use for invoices')),
    over('a refund', pressing('Refund')),
  ])
})

test('finds nothing on schedules, duplicates and number series', async ({ app }) => {
  const { schedule, client } = await app.seed(async (workspace) => {
    const { today } = await workspace.call('setup.state', {})
    const clientId = await makeClient(workspace)
    await makeClient(workspace)
    await workspace.call('clientTypes.create', { code: 'SHOP', name: 'Shops', paymentTermsDays: 14 })
    await workspace.call('accountManagers.create', { name: 'Ada Reyes' })
    const invoice = await makeInvoice(workspace, clientId)
    await workspace.call('invoices.void', { id: invoice.id, version: invoice.version, reason: 'Twice' })
    await workspace.call('numberSeries.create', {
      documentKind: 'invoice',
      code: 'EXPORT',
      pattern: '{SERIES}-{0000}',
    })
    const id = v7()
    await workspace.call('recurringInvoices.create', {
      id,
      values: {
        name: 'Hosting',
        unit: 'day',
        every: 10,
        anchor: 'same-day',
        startsOn: addDays(today, -30),
        endsOn: null,
        count: null,
        action: 'issue',
        prices: 'fixed',
        catchUp: 'ask',
        content: await contentFor(workspace, clientId, { lines: [line({ name: 'Hosting {MONTH}' })] }),
      },
    })
    return { schedule: id, client: clientId }
  })
  await app.open()
  await expectNoFindings(app, [
    at('/', 'Home', saying('came due while')),
    at('/recurring', 'Recurring invoices', rowsOf('Recurring invoices')),
    over('the question after an absence', pressing('Decide…')),
    at(`/recurring/${schedule}`, 'Hosting', saying('REPEATS')),
    at('/clients', 'Clients', rowsOf('Clients')),
    at(`/clients/${client}`, 'Rosewood Bakery', saying('Outstanding')),
    over('payment health', pressing(/^Payment health/)),
    at('/clients/duplicates', 'Duplicate clients', saying('Same e-mail')),
    over('merging two clients', pressing(/^Compare/)),
    at('/settings/clients', 'Clients', saying('Account managers')),
    at('/settings/numbering', 'Numbering', saying('Series EXPORT')),
    over('a new number series', pressing('Add series')),
    at('/settings/numbering/report', 'Numbers and gaps', saying('Twice')),
  ])
})

test('finds nothing on filters, tags, many rows at once and notifications', async ({ app }) => {
  const invoice = await app.seed(async (workspace) => {
    const { today } = await workspace.call('setup.state', {})
    const clientId = await makeClient(workspace)
    const made = await makeInvoice(workspace, clientId, { issuedOn: addDays(today, -40), paymentTermsDays: 14 })
    const tag = await workspace.call('tags.create', { name: 'Urgent', color: 'red' })
    await workspace.call('tags.assign', { tagId: tag.id, entity: 'invoice', entityIds: [made.id], on: true })
    return made
  })
  const select = async (page: Page) => {
    await firstRow(page, 'Invoices').focus()
    await page.keyboard.press('Control+a')
  }
  await app.open()
  await expectNoFindings(app, [
    at('/invoices?where=all:any(total.more.5,tag.is-empty)all(dueOn.less.today)', 'Invoices', rowsOf('Invoices')),
    over('the filter', pressing(/^Filter/)),
    over('the tag of many rows', async (page) => {
      await select(page)
      await pressing(/^Tag$/)(page)
    }),
    over('marking several as sent', pressing(/^Mark as sent$/)),
    over('results row by row', async (page) => {
      await pressing(/^Send 1$/)(page)
      await pressing(/^Send 1 invoice$/)(page)
      await expect(page.getByRole('dialog').getByRole('status')).toHaveText('1 not done.')
    }),
    at(`/invoices/${invoice.id}`, invoice.number, expectDrawn),
    at('/notifications', 'Notifications', saying('is overdue')),
    at('/settings/tags', 'Tags', saying('On one row')),
    // Over a page that has nothing where it opens: what it covers in part would count as too small.
    over('the bell', pressing(/^Notifications/)),
  ])
})

test('finds nothing on templates and ways to pay', async ({ app }) => {
  const draft = await app.seed(async (workspace) => {
    await workspace.call('documentTemplates.create', { name: 'House style', design: designOf('letter') })
    return await makeDraft(workspace, await makeClient(workspace))
  })
  await app.open()
  await expectNoFindings(app, [
    at('/settings/payment-accounts', 'Ways to pay', saying(/^Documents name the bank details/)),
    over('a new account to pay to', pressing('New account')),
    at('/settings/templates', 'Templates', async (page) => {
      await expect(page.getByRole('img', { name: 'Letter, as printed' })).toBeVisible()
    }),
    {
      name: 'the template editor',
      visit: async (page) => {
        await page.getByRole('button', { name: 'Make it mine' }).last().click()
        await expect(page.getByRole('img', { name: 'Preview, page 1 of 1' })).toBeVisible()
      },
    },
    at(`/invoices/${draft.id}`, /Draft/, async (page) => {
      await expectDrawn(page)
      await expect(page.getByRole('combobox', { name: 'Template' })).toBeVisible()
    }),
  ])
})

test('finds nothing on reminders, their plans and what is sent later', async ({ app }) => {
  const { invoice } = await app.seed(async (workspace) => {
    const clientId = await makeClient(workspace)
    const late = await makeInvoice(workspace, clientId, { issuedOn: '2026-01-02', dueOn: '2026-01-30' })
    const step = { feePercentE6: null, feeAmountE4: null }
    const values = {
      name: 'Standard',
      isAutomatic: false,
      isDefault: true,
      leastOpenE4: zero,
      steps: [
        { ...step, id: v7(), days: -3, tone: 'friendly' as const },
        { ...step, id: v7(), days: 7, tone: 'firm' as const },
        { ...step, id: v7(), days: 14, tone: 'final' as const },
      ],
    }
    await workspace.call('reminders.savePlan', { id: v7(), version: null, values })
    return { invoice: late }
  })
  await app.open()
  await expectNoFindings(app, [
    at('/reminders', 'Reminders due', rowsOf('Reminders due')),
    at('/record', 'Record', rowsOf('The record')),
    opened('/reminders', 'Reminders due', 'a reminder', saying('Kind regards')),
    over('sending all that are due', pressing('Send all…')),
    at(`/invoices/${invoice.id}`, invoice.number, saying('By the plan')),
    over('a reminder of an invoice', pressing('Send now…')),
    over('stopping reminders', async (page) => {
      await page.getByRole('button', { name: 'More about reminders' }).click()
      await page.getByRole('menuitem', { name: 'Stop the reminders…' }).click()
    }),
    over('sending later', async (page) => {
      await page.getByRole('button', { name: /^Send( Ctrl Enter)?$/ }).click()
      await page.getByText('Send later', { exact: true }).click()
    }),
    at('/settings/reminders', 'Reminders', saying('Asks first')),
    {
      name: 'a plan in editing',
      visit: async (page) => {
        await page.getByRole('button', { name: 'Edit Standard' }).click()
        await expect(page.getByRole('form', { name: 'Reminder plan Standard' })).toBeVisible()
      },
    },
  ])
})

test('finds nothing at the door, on branches, in the record and where something is refused', async ({ app }) => {
  await app.seed(async (workspace) => {
    await makeInvoice(workspace, await makeClient(workspace))
    await workspace.call('branches.create', { name: 'Harbour', code: 'HB', timezone: 'Europe/London' })
    await workspace.call('backups.create', {})
    await withPassword(workspace)
    addPerson(workspace, { role: 'staff', name: 'Ben Reed' })
  })
  const page = await app.open()
  const secret = page.getByRole('textbox', { name: 'Password', exact: true })
  const noRoom = { json: { defined: true, code: 'STORAGE_FULL', status: 507, message: 'There is no room.', data: {} } }
  const until = async (text: string | RegExp) => await expect(page.getByText(text).first()).toBeVisible()
  await expectNoFindings(app, [
    {
      name: 'a wrong password',
      visit: async () => {
        await pressing('Owner')(page)
        await secret.fill('wrong horse battery')
        await page.keyboard.press('Enter')
        await until('This password is not right.')
      },
    },
    {
      name: 'forgotten password',
      visit: async () => {
        await pressing('Forgotten password')(page)
        await until(/^The printed code/)
      },
      leave: async () => {
        await pressing('Back to signing in')(page)
        await secret.fill(password)
        await page.keyboard.press('Enter')
        await expect(page.getByRole('navigation', { name: 'Main' })).toBeVisible()
      },
    },
    over('a branch', async () => {
      await goTo(page, '/settings/branches')
      await pressing('Change Harbour')(page)
    }),
    {
      name: 'a question out of a dialog',
      visit: async () => {
        await goTo(page, '/settings/people')
        await pressing('Change Ben Reed')(page)
        await pressing('Keep out')(page)
        await until(/^Every session ends/)
      },
      leave: async () => {
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(1)
        await page.keyboard.press('Escape')
        await expect(page.getByRole('dialog')).toHaveCount(0)
      },
    },
    opened('/record', 'The record', 'a change in the record', saying('All changes of this')),
    over('checking the record', pressing('Check the record')),
    over('taking back', pressing('Undo…')),
    {
      name: 'what was looked at',
      visit: async () => {
        await pressing('Looked at')(page)
        await expect(page.getByText('Looked at').nth(1)).toBeVisible()
      },
    },
    {
      name: 'a restore that is refused',
      visit: async () => {
        await goTo(page, '/settings/backups')
        await pressing('Restore…')(page)
        await pressing('Look into it')(page)
        await page.getByLabel('I have read what would be gone').check()
        await page.route('**/rpc/recovery/restore*', (route) => route.fulfill({ status: 507, json: noRoom }))
        await pressing(/^Go back to/)(page)
        await expect(page.locator(':focus').getByRole('alert')).toContainText('Your data is as it was')
      },
    },
  ])
  // The refused restore, as the browser tells it.
  app.problems.length = 0
})
