import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { api } from '../../api.ts'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './people.module.css'
import { attempt } from './tell.ts'

type Session = ApiOutput<'sessions', 'list'>[number]

const hows: Readonly<Record<Session['how'], string>> = {
  password: 'with the password',
  pin: 'with the PIN',
  recovery: 'with the recovery code',
  token: 'with a code that was handed over',
  open: 'when the password was set',
}

const revoke = async ({ id }: Session) => {
  if (await attempt(() => api.sessions.revoke({ id }))) showToast({ message: 'Session ended for good.' })
}

const revokeOthers = () =>
  attempt(async () => {
    const { revoked } = await api.sessions.revokeOthers({})
    showToast({ message: revoked === 1 ? 'One session ended.' : `${revoked} sessions ended.` })
  })

type TableProps = { readonly rows: readonly Session[]; readonly onEnd?: (session: Session) => void }

/** Where somebody is signed in: computer, since when, last use. */
export const SessionTable = ({ rows, onEnd }: TableProps) => {
  const formats = useFormats()
  return (
    <div className={classes['scroll']}>
      <table className={classes['table']}>
        <thead>
          <tr>
            <th scope="col">Computer</th>
            <th scope="col">Signed in</th>
            <th scope="col">Last used</th>
            <th scope="col">Until</th>
            {onEnd !== undefined && (
              <th scope="col">
                <span className="visually-hidden">End</span>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.id}>
              <td>
                <div className={classes['who']}>
                  <span>
                    {row.deviceName}
                    <small>{row.client === '' ? hows[row.how] : `${row.client}, ${hows[row.how]}`}</small>
                  </span>
                </div>
              </td>
              <td>{formats.instant(row.createdAt)}</td>
              <td>{formats.instant(row.lastUsedAt)}</td>
              <td>{formats.instant(row.expiresAt)}</td>
              {onEnd !== undefined && (
                <td className={classes['end']}>
                  {row.isCurrent ? (
                    <StatusChip tone="positive" icon={IconCircleCheck}>
                      This one
                    </StatusChip>
                  ) : (
                    <Button
                      variant="subtle"
                      color="gray"
                      size="compact-sm"
                      onClick={() => onEnd(row)}
                      aria-label={`End the session on ${row.deviceName} of ${formats.instant(row.createdAt)}`}
                    >
                      End
                    </Button>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** One’s own sessions, each of which can be ended. */
export const Sessions = () => {
  const { data = [] } = useApiQuery('sessions', 'list', {})
  return (
    <Panel
      title="Where you are signed in"
      actions={
        data.length > 1 ? (
          <Button variant="default" size="compact-sm" onClick={() => void revokeOthers()}>
            End all others
          </Button>
        ) : undefined
      }
    >
      <SessionTable rows={data} onEnd={(session) => void revoke(session)} />
    </Panel>
  )
}
