import { Button, Radio } from '@mantine/core'
import { useState } from 'react'
import classes from './conflict-dialog.module.css'
import { Dialog, DialogFooter } from './dialog.tsx'
import type { Difference, Side } from './differences.ts'

type Props = {
  /** What was changed on both sides, such as the name of the client. */
  readonly what: string
  readonly differences: readonly Difference[]
  /** Saves with the chosen side of each field. */
  readonly onDecide: (chosen: Readonly<Record<string, Side>>) => void
  readonly onClose: () => void
}

const sides: readonly { readonly side: Side; readonly label: string }[] = [
  { side: 'yours', label: 'Yours' },
  { side: 'theirs', label: 'Saved meanwhile' },
]

/** Both versions of what was changed twice, field by field; both are kept until one chooses. */
export const ConflictDialog = ({ what, differences, onDecide, onClose }: Props) => {
  const [chosen, setChosen] = useState<Readonly<Record<string, Side>>>(() =>
    Object.fromEntries(differences.map(({ path, changedHere }) => [path, changedHere ? 'yours' : 'theirs'])),
  )
  return (
    <Dialog open onClose={onClose} title={`${what} was changed meanwhile`} size="lg">
      <p className={classes['lead']}>
        Nothing is lost or overwritten: what you typed and what was saved stand side by side. Choose for each.
      </p>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">Field</th>
            {sides.map(({ side, label }) => (
              <th scope="col" key={side}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {differences.map((difference) => (
            <tr key={difference.path}>
              <th scope="row">{difference.label}</th>
              {sides.map(({ side, label }) => (
                <td key={side}>
                  <Radio
                    name={`choice-${difference.path}`}
                    checked={chosen[difference.path] === side}
                    onChange={() => setChosen({ ...chosen, [difference.path]: side })}
                    label={difference[side]}
                    aria-label={`${difference.label}, ${label.toLowerCase()}: ${difference[side]}`}
                  />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Keep editing
        </Button>
        <Button onClick={() => onDecide(chosen)} data-autofocus>
          Save what is chosen
        </Button>
      </DialogFooter>
    </Dialog>
  )
}
