import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useFormats } from './locale.tsx'
import type { Tone } from './status-chip.tsx'
import classes from './timeline.module.css'

export type TimelineEntry = {
  readonly id: string | number
  readonly icon: Icon
  readonly tone?: Tone
  readonly title: ReactNode
  /** The face of whoever did it. */
  readonly face?: ReactNode
  /** By whom, on which device. */
  readonly detail?: ReactNode
  /** More of it, below who and when. */
  readonly body?: ReactNode
  /** An instant. */
  readonly at: string
  /** What can be done with the moment. */
  readonly act?: ReactNode
}

type Props = { readonly label: string; readonly entries: readonly TimelineEntry[]; readonly empty?: string }

/** What happened, newest first, on a perforated thread. */
export const Timeline = ({ label, entries, empty = 'Nothing has happened yet.' }: Props) => {
  const formats = useFormats()
  if (entries.length === 0) return <p className={classes['empty']}>{empty}</p>
  return (
    <ol className={classes['timeline']} aria-label={label}>
      {entries.map(({ id, icon: Sign, tone = 'neutral', title, face, detail, body, at, act }) => (
        <li key={id} className={classes['entry']}>
          <span className={classes['sign']} data-tone={tone}>
            <Sign size={13} aria-hidden="true" />
          </span>
          <div className={classes['words']}>
            <div>{title}</div>
            <div className={classes['detail']}>
              {face}
              <span>
                <time dateTime={at}>{formats.instant(at)}</time>
                {detail !== undefined && <> · {detail}</>}
              </span>
              {act}
            </div>
            {body}
          </div>
        </li>
      ))}
    </ol>
  )
}
