import type { Action } from './actions.ts'
import { currentRouter } from './current-router.ts'
import { settingsSections } from './settings-sections.ts'

/** Every section of the settings as an action of the palette, found by the names of its settings too. */
export const settingsActions: readonly Action[] = settingsSections.map(
  ({ id, title, about, keywords, needs, asks }) => ({
    id: `settings.${id}`,
    title: `${title} settings`,
    group: 'Settings',
    calls: asks ?? 'nothing',
    keywords: `${keywords.join(' ')} ${about}`,
    ...(needs === undefined ? {} : { needs }),
    run: () => currentRouter().navigate({ to: '/settings/$section', params: { section: id } }),
  }),
)
