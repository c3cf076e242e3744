import { Button } from '@mantine/core'
import { useState } from 'react'
import { MayCall } from '../../app/may.tsx'
import { PersonFace } from '../../app/person-face.tsx'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { EraseDialog } from './erase-dialog.tsx'
import classes from './people.module.css'

type Somebody = ApiOutput<'users', 'left'>[number]

const Row = ({ row, onErase }: { readonly row: Somebody; readonly onErase: () => void }) => {
  const formats = useFormats()
  return (
    <tr>
      <td>
        <div className={classes['who']}>
          <PersonFace person={{ ...row, pictureId: null }} size={32} />
          <span>
            <strong title={row.name}>{row.name}</strong>
            {row.email !== null && <small title={row.email}>{row.email}</small>}
          </span>
        </div>
      </td>
      <td className={classes['when']}>{row.lastLoginAt === null ? 'Never' : formats.instant(row.lastLoginAt)}</td>
      <td className={classes['end']}>
        <MayCall call="users.erase">
          <Button variant="default" size="compact-sm" aria-label={`Erase ${row.name}`} onClick={onErase}>
            Erase
          </Button>
        </MayCall>
      </td>
    </tr>
  )
}

/** Who worked here and comes in no more, to be erased; nothing for whoever does not own the workstation. */
export const Left = () => {
  const { data = [] } = useApiQuery('users', 'left', {})
  const [chosen, setChosen] = useState<Somebody | null>(null)
  if (data.length === 0) return null
  return (
    <Panel title="People who left">
      <p className={classes['hint']}>
        They come in no more. Their names stay beside what they did until you erase them, as they may ask you to.
      </p>
      <div className={classes['scroll']}>
        <table className={`${classes['table']} ${classes['people']} ${classes['elsewhere']}`}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Last signed in</th>
              <th scope="col">
                <span className="visually-hidden">Erase</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <Row key={row.id} row={row} onErase={() => setChosen(row)} />
            ))}
          </tbody>
        </table>
      </div>
      {chosen !== null && <EraseDialog person={chosen} onClose={() => setChosen(null)} />}
    </Panel>
  )
}
