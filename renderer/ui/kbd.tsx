import { Fragment } from 'react'
import classes from './kbd.module.css'

const isMac = /Mac|iPhone|iPad/.test(navigator.platform)

const names: Readonly<Record<string, string>> = {
  mod: isMac ? '⌘' : 'Ctrl',
  shift: isMac ? '⇧' : 'Shift',
  alt: isMac ? '⌥' : 'Alt',
  enter: 'Enter',
  escape: 'Esc',
}

const label = (key: string) => names[key] ?? (key.length === 1 ? key.toUpperCase() : key)

type Props = { /** `mod+k`, `n`, or a sequence `g i`. */ readonly keys: string }

/** A shortcut as keys. */
export const KeyHint = ({ keys }: Props) => (
  <span className={classes['keys']}>
    {keys.split(' ').map((stroke, index) => (
      <Fragment key={stroke}>
        {index > 0 && <span className={classes['then']}>then</span>}
        {stroke.split('+').map((key) => (
          <kbd key={key} className={classes['key']}>
            {label(key)}
          </kbd>
        ))}
      </Fragment>
    ))}
  </span>
)
