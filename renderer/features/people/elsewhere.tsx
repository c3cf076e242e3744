import { Button } from '@mantine/core'
import { api } from '../../api.ts'
import { PersonFace } from '../../app/person-face.tsx'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './people.module.css'
import { attempt } from './tell.ts'

type Row = ApiOutput<'users', 'elsewhere'>[number]

const keepOut = async ({ id, name }: Row) => {
  const sure = await confirmAct({
    title: `Keep ${name} out?`,
    body: 'They sign in on this computer no more, in no business. One that has no other owner becomes yours; what they did stays theirs.',
    verb: `Keep ${name} out`,
    danger: true,
  })
  if (sure && (await attempt(() => api.users.deactivate({ id })))) showToast({ message: `${name} is kept out.` })
}

/** Who signs in on this computer to other businesses alone; nothing for whoever does not own the workstation. */
export const Elsewhere = () => {
  const formats = useFormats()
  const { data = [] } = useApiQuery('users', 'elsewhere', {})
  if (data.length === 0) return null
  return (
    <Panel title="Elsewhere on this computer">
      <p className={classes['hint']}>They belong to other businesses that are kept here, and can open the data.</p>
      <div className={classes['scroll']}>
        <table className={`${classes['table']} ${classes['people']} ${classes['elsewhere']}`}>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Last signed in</th>
              <th scope="col">
                <span className="visually-hidden">Keep out</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((row) => (
              <tr key={row.id}>
                <td>
                  <div className={classes['who']}>
                    <PersonFace person={{ ...row, pictureId: null }} size={32} />
                    <span>
                      <strong title={row.name}>{row.name}</strong>
                      {row.email !== null && <small title={row.email}>{row.email}</small>}
                    </span>
                  </div>
                </td>
                <td className={classes['when']}>
                  {row.lastLoginAt === null ? 'Never' : formats.instant(row.lastLoginAt)}
                </td>
                <td className={classes['end']}>
                  <Button
                    variant="default"
                    size="compact-sm"
                    aria-label={`Keep ${row.name} out`}
                    onClick={() => void keepOut(row)}
                  >
                    Keep out
                  </Button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Panel>
  )
}
