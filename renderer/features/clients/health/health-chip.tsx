import { Popover, UnstyledButton } from '@mantine/core'
import {
  type Icon,
  IconAlertTriangle,
  IconHeart,
  IconHeartBroken,
  IconHeartFilled,
  IconHelpCircle,
} from '@tabler/icons-react'
import { useState } from 'react'
import type { ClientHealthRow } from '../../../../shared/contract/clients.ts'
import { leastSettled } from '../../../../shared/documents/client-health.ts'
import { StatusChip, type Tone } from '../../../ui/status-chip.tsx'
import classes from './health.module.css'
import { HealthRule } from './health-rule.tsx'

type Level = ClientHealthRow['level']
type Reason = ClientHealthRow['reasons'][number]

const looks: Readonly<Record<Level, { readonly label: string; readonly tone: Tone; readonly icon: Icon }>> = {
  excellent: { label: 'Excellent', tone: 'positive', icon: IconHeartFilled },
  good: { label: 'Good', tone: 'positive', icon: IconHeart },
  warning: { label: 'Warning', tone: 'caution', icon: IconAlertTriangle },
  'at-risk': { label: 'At risk', tone: 'negative', icon: IconHeartBroken },
  unknown: { label: 'Not known', tone: 'neutral', icon: IconHelpCircle },
}

const days = (value: number) => (value === 1 ? '1 day' : `${value} days`)

/** What took points, in words. */
export const reasonText = ({ rule, value }: Reason): string => {
  if (rule === 'late-share') return `${value}% of paid invoices were paid late`
  if (rule === 'days-late') return `Paid ${days(value)} late on average`
  if (rule === 'overdue-days') return `The oldest overdue invoice has waited ${days(value)}`
  return `${value}% of what is open is overdue`
}

/** The chip alone, for a list. */
export const HealthLabel = ({ level }: { readonly level: Level }) => {
  const { label, tone, icon } = looks[level]
  return (
    <StatusChip tone={tone} icon={icon}>
      {label}
    </StatusChip>
  )
}

const Explanation = ({ health }: { readonly health: ClientHealthRow }) => {
  if (health.score === null) {
    const settled = health.settledCount === 0 ? 'No invoice' : `Only ${health.settledCount}`
    return (
      <p>
        {settled} was paid in the last two years and nothing is overdue: from {leastSettled} paid invoices on, habits
        show.
      </p>
    )
  }
  return (
    <>
      <p>
        <strong>{health.score} of 100 points</strong>
        {health.reasons.length === 0 ? ': everything was paid in time.' : ', as these took some away:'}
      </p>
      <ul className={classes['reasons']}>
        {health.reasons.map((reason) => (
          <li key={reason.rule}>
            <span>{reasonText(reason)}</span>
            <span className={classes['points']}>−{reason.points}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** How a client pays, with what it was judged by a click away. */
export const HealthChip = ({ health }: { readonly health: ClientHealthRow }) => {
  const [open, setOpen] = useState(false)
  const [rule, setRule] = useState(false)
  return (
    <>
      <Popover
        opened={open}
        onChange={setOpen}
        position="bottom-start"
        width={340}
        trapFocus
        returnFocus
        withRoles={false}
      >
        <Popover.Target>
          <UnstyledButton
            className={classes['button'] ?? ''}
            aria-haspopup="dialog"
            aria-expanded={open}
            aria-label={`Payment health: ${looks[health.level].label}. Explain`}
            onClick={() => setOpen(!open)}
          >
            <HealthLabel level={health.level} />
          </UnstyledButton>
        </Popover.Target>
        <Popover.Dropdown role="dialog" aria-label="Payment health">
          <div className={classes['explanation']}>
            <Explanation health={health} />
            <button
              type="button"
              className={classes['link']}
              onClick={() => {
                setOpen(false)
                setRule(true)
              }}
            >
              The rule behind it
            </button>
          </div>
        </Popover.Dropdown>
      </Popover>
      <HealthRule open={rule} onClose={() => setRule(false)} />
    </>
  )
}
