import {
  type Icon,
  IconAlertTriangle,
  IconBellRinging,
  IconCalendarEvent,
  IconChecks,
  IconChevronRight,
  IconCircleDashed,
  IconClockExclamation,
  IconCoins,
  IconMailX,
  IconRepeat,
  IconRepeatOff,
  IconWritingSign,
} from '@tabler/icons-react'
import { Panel } from '../../ui/panel.tsx'
import type { Tone } from '../../ui/status-chip.tsx'
import classes from './home.module.css'
import type { Summary } from './home-figures.tsx'

type Attention = Summary['attention'][number]

const looks: Readonly<Record<Attention['kind'], { readonly icon: Icon; readonly tone: Tone }>> = {
  overdue: { icon: IconAlertTriangle, tone: 'negative' },
  'mail-failed': { icon: IconMailX, tone: 'negative' },
  reminder: { icon: IconBellRinging, tone: 'caution' },
  'follow-up': { icon: IconCalendarEvent, tone: 'accent' },
  recurring: { icon: IconRepeat, tone: 'accent' },
  'recurring-problem': { icon: IconRepeatOff, tone: 'negative' },
  cheque: { icon: IconWritingSign, tone: 'caution' },
  credit: { icon: IconCoins, tone: 'positive' },
  'quote-accepted': { icon: IconChecks, tone: 'positive' },
  'quote-expiring': { icon: IconClockExclamation, tone: 'caution' },
  draft: { icon: IconCircleDashed, tone: 'neutral' },
}

/** What asks for someone today, each leading to its list. */
export const AttentionPanel = ({ attention }: { readonly attention: readonly Attention[] }) => (
  <Panel title="Needs attention">
    {attention.length === 0 ? (
      <p className={classes['quiet']}>Nothing: no invoice is late, no message failed, no follow-up is due.</p>
    ) : (
      <ul className={classes['attention']}>
        {attention.map((it) => {
          const { icon: Sign, tone } = looks[it.kind]
          return (
            <li key={it.kind}>
              {/* The core names the address of the list with its filter; the router reads it from the hash. */}
              <a href={`#${it.route}`}>
                <span className={classes['sign']} data-tone={tone}>
                  <Sign size={15} aria-hidden="true" />
                </span>
                <span className={classes['words']}>
                  <span className={classes['what']}>{it.title}</span>
                  <span className={classes['detail']}>{it.detail}</span>
                </span>
                <IconChevronRight size={16} aria-hidden="true" className={classes['chevron']} />
              </a>
            </li>
          )
        })}
      </ul>
    )}
  </Panel>
)
