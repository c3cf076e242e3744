import { addDays } from '../../shared/dates.ts'
import { unitPriceOf } from '../../shared/money/decimal-string.ts'
import type { DemoClient, DemoItem, DemoScript } from './script.ts'
import { known } from './stage.ts'
import { instantOf, type Step } from './steps.ts'

const opened = 365

const planBusiness = ({ business }: DemoScript, today: string): Step[] => {
  const first = addDays(today, -opened)
  return [
    {
      at: instantOf(first, '09:00'),
      play: async (stage) => {
        const { id } = await stage.call('setup', 'createOrganization', { ...business.create, isDemo: true })
        stage.enter(id)
      },
    },
    {
      at: instantOf(first, '09:10'),
      play: async (stage) => {
        await stage.call('organizations', 'update', { version: 1, ...business.details })
      },
    },
    {
      at: instantOf(first, '09:15'),
      play: async (stage) => {
        const content = new Uint8Array(Buffer.from(business.logo, 'base64'))
        await stage.call('organizations', 'setLogo', { version: 2, logo: { fileName: 'linden-vale.png', content } })
        for (const rate of await stage.call('taxRates', 'list', {})) {
          if (!stage.rates.has(rate.category)) stage.rates.set(rate.category, rate)
        }
      },
    },
  ]
}

const planItem = (item: DemoItem, at: string): Step => ({
  at,
  play: async (stage) => {
    const { code, kind, name, description, unit } = item
    const { id } = await stage.call('items', 'create', {
      code,
      kind,
      name,
      description,
      unit,
      priceE6: unitPriceOf(item.price),
      taxRateId: known(stage.rates, item.category).id,
    })
    stage.ids.set(item.code, id)
  },
})

const planClient = (client: DemoClient, today: string): Step[] => {
  const {
    key,
    contacts,
    notes,
    joined,
    pays: _pays,
    method: _method,
    category: _category,
    weight: _weight,
    ...fields
  } = client
  const day = addDays(today, -joined)
  return [
    {
      at: instantOf(day, '09:30'),
      play: async (stage) => {
        const { id } = await stage.call('clients', 'create', fields)
        stage.ids.set(key, id)
      },
    },
    ...contacts.map(
      (contact): Step => ({
        at: instantOf(day, '09:40'),
        play: async (stage) => {
          await stage.call('clientContacts', 'create', { clientId: known(stage.ids, key), ...contact })
        },
      }),
    ),
    ...notes.map(
      (note): Step => ({
        at: instantOf(addDays(today, -Math.min(note.written, joined)), '16:30'),
        play: async (stage) => {
          const { id, version } = await stage.call('clientNotes', 'create', {
            clientId: known(stage.ids, key),
            kind: note.kind,
            content: note.content,
            followUpOn: note.followUp === null ? null : addDays(today, note.followUp),
          })
          if (note.done) await stage.call('clientNotes', 'setDone', { id, version, done: true })
        },
      }),
    ),
  ]
}

/** The business with its logo, its items, and its clients as they come in over the year. */
export const planPeople = (script: DemoScript, today: string): Step[] => [
  ...planBusiness(script, today),
  ...script.items.map((item) => planItem(item, instantOf(addDays(today, -opened), '10:00'))),
  ...script.clients.flatMap((client) => planClient(client, today)),
]
