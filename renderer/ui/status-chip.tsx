import type { Icon } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './status-chip.module.css'

export type Tone = 'neutral' | 'accent' | 'positive' | 'caution' | 'negative'

type Props = { readonly tone: Tone; readonly icon: Icon; readonly children: ReactNode }

/** A state in text, colour and icon, so that no one of them carries it alone. */
export const StatusChip = ({ tone, icon: Sign, children }: Props) => (
  <span className={classes['chip']} data-tone={tone}>
    <Sign size={13} stroke={2.2} aria-hidden="true" />
    {children}
  </span>
)
