import { Switch } from '@mantine/core'
import { Dialog } from '../ui/dialog.tsx'
import { KeyHint } from '../ui/kbd.tsx'
import { type Action, currentActions } from './actions.ts'
import { closeOverlay, useOverlay } from './overlays.ts'
import { setSingleKeys, useSingleKeys } from './shortcuts.ts'
import classes from './shortcuts-dialog.module.css'

const lists: readonly (readonly [string, string])[] = [
  ['j', 'Next row'],
  ['k', 'Row before'],
  ['enter', 'Open the row'],
  ['x', 'Select the row'],
]

const groups: readonly Action['group'][] = ['This page', 'Make', 'Go to', 'App', 'Settings']

const Rows = ({ rows }: { readonly rows: readonly (readonly [string, string])[] }) => (
  <ul className={classes['rows']}>
    {rows.map(([keys, title]) => (
      <li key={title}>
        <span>{title}</span>
        <KeyHint keys={keys} />
      </li>
    ))}
  </ul>
)

const Lists = () => {
  const actions = currentActions()
  const on = useSingleKeys((state) => state.on)
  return (
    <>
      <div className={classes['columns']}>
        {groups.map((group) => {
          const rows = actions.flatMap((action) =>
            action.group === group && action.shortcut !== undefined ? [[action.shortcut, action.title] as const] : [],
          )
          return rows.length === 0 ? null : (
            <section key={group}>
              <h3>{group}</h3>
              <Rows rows={rows} />
            </section>
          )
        })}
        <section>
          <h3>In a list</h3>
          <Rows rows={lists} />
        </section>
      </div>
      <Switch
        label="Single letters act as shortcuts"
        description="Off: only those with Ctrl or Cmd act, for speech input and stray keys."
        checked={on}
        onChange={(event) => setSingleKeys(event.currentTarget.checked)}
      />
    </>
  )
}

/** The list of shortcuts that `?` opens. */
export const ShortcutsDialog = () => {
  const isOpen = useOverlay((state) => state.open === 'help')
  return (
    <Dialog open={isOpen} onClose={closeOverlay} title="Keyboard shortcuts" size="lg">
      <Lists />
    </Dialog>
  )
}
