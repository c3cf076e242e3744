import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { ActorFace } from '../../app/person-face.tsx'
import { useApiPages, useApiQuery } from '../../app/queries.ts'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Panel } from '../../ui/panel.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { eventDetail, eventWords, isAlarming } from './event-words.ts'
import classes from './people.module.css'
import { attempt } from './tell.ts'

const verify = () =>
  attempt(async () => {
    const { count, firstBad } = await api.security.verify({})
    showToast(
      firstBad === null
        ? { message: `All ${count} security events are as they were written.` }
        : { message: `Security event ${firstBad} is not as it was written.`, tone: 'problem' },
    )
  })

/** What happened to who may come in, newest first. */
export const SecurityEvents = () => {
  const formats = useFormats()
  const events = useApiPages('security', 'events', { limit: 25 })
  // Also of those who left, and of those who are erased: under the name that stands for them.
  const faces = useApiQuery('users', 'faces', {})
  const nameOf = (id: string) => faces.data?.find((face) => face.id === id)?.name
  if (events.error !== null) return <ErrorPanel {...describeError(events.error)} onRetry={events.retry} />
  return (
    <Panel
      title="Security events"
      actions={
        <Button variant="default" size="compact-sm" onClick={() => void verify()}>
          Verify
        </Button>
      }
    >
      <div className={classes['scroll']}>
        <table className={classes['table']}>
          <thead>
            <tr>
              <th scope="col">When</th>
              <th scope="col">What</th>
              <th scope="col">Who</th>
              <th scope="col">Computer</th>
            </tr>
          </thead>
          <tbody>
            {events.rows.map((event) => {
              const detail = eventDetail(event, nameOf)
              return (
                <tr key={event.seq}>
                  <td className={classes['when']}>{formats.instant(event.at)}</td>
                  <td>
                    {isAlarming(event.kind) ? (
                      <StatusChip tone="caution" icon={IconAlertTriangle}>
                        {eventWords(event.kind)}
                      </StatusChip>
                    ) : (
                      eventWords(event.kind)
                    )}
                    {detail !== '' && <span className={classes['quiet']}> {detail}</span>}
                  </td>
                  <td>
                    <span className={classes['actor']}>
                      <ActorFace userId={event.userId} />
                      {event.userName ?? 'Nobody signed in'}
                    </span>
                  </td>
                  <td className={`${classes['when']} ${classes['device']}`} title={event.deviceName}>
                    {event.deviceName}
                  </td>
                </tr>
              )
            })}
          </tbody>
        </table>
      </div>
      {events.hasMore && (
        <Button variant="subtle" onClick={events.loadMore} loading={events.isLoadingMore}>
          Show earlier ones
        </Button>
      )}
    </Panel>
  )
}
