import type { Template } from './template.ts'

const timeNote =
  'Counterfoil does not track time yet, so the entries stay where they are. The clients that they name can come in.'
const projectNote =
  'Counterfoil does not keep projects yet, so they stay where they are. The clients that they name can come in.'

const time = (id: string, product: string, signature: readonly string[], client = 'client'): Template => ({
  id,
  product,
  label: 'Time entries',
  holds: 'time entries',
  entity: null,
  also: ['clients'],
  signature,
  columns: { [client]: 'name' },
  distinct: true,
  note: timeNote,
})

const projects = (id: string, product: string, signature: readonly string[]): Template => ({
  ...time(id, product, signature),
  label: 'Projects',
  holds: 'projects',
  note: projectNote,
})

/** Time trackers: recognized, counted, and good for the clients that they name. */
export const timeTrackers: readonly Template[] = [
  time('toggl-time', 'Toggl Track', [
    'user',
    'email',
    'client',
    'project',
    'start date',
    'start time',
    'duration',
    'tags',
  ]),
  time('clockify-time', 'Clockify', [
    'project',
    'description',
    'user',
    'group',
    'start date',
    'start time',
    'end time',
  ]),
  projects('clockify-projects', 'Clockify', ['project', 'visibility', 'billability', 'tracked h']),
  projects('harvest-projects', 'Harvest', ['client', 'project', 'project code', 'total hours', 'budget']),
  time('harvest-time', 'Harvest', [
    'date',
    'client',
    'project',
    'task',
    'hours',
    'billable',
    'first name',
    'last name',
  ]),
  time('generic-time', 'A time tracker', ['description', 'billable', 'client', 'project', 'start', 'end', 'task']),
  projects('generic-projects', 'A time tracker', ['name', 'color', 'billable rate', 'is public', 'client']),
  {
    id: 'harvest-clients',
    product: 'Harvest',
    label: 'Clients',
    holds: 'clients',
    entity: 'clients',
    signature: ['client name', 'address'],
    exact: true,
    columns: { 'client name': 'name', address: 'addressLine1' },
  },
]
