import { ActionIcon, Button } from '@mantine/core'
import { IconHandStop, IconPencil, IconPlus, IconSend, IconStar, IconStarFilled, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import type { ReminderPlan, ReminderPlanInput } from '../../../shared/contract/reminders.ts'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { useApiQuery } from '../../app/queries.ts'
import { newId } from '../../ids.ts'
import { EmptyState } from '../../ui/empty-state.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { StatusChip } from '../../ui/status-chip.tsx'
import { showToast } from '../../ui/toast.tsx'
import { PlanForm } from './plan-form.tsx'
import { PlanTimeline } from './plan-timeline.tsx'
import { newPlan, standardPlan, valuesOf } from './plan-values.ts'
import classes from './plans.module.css'
import { feeText, whenText } from './reminder-words.ts'
import { ToneChip } from './tone-chip.tsx'

const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })

const remove = async ({ id, version, name }: ReminderPlan) => {
  try {
    const { clientIds } = await api.reminders.deletePlan({ id, version })
    showToast({ message: `${name} is deleted.`, undo: () => api.reminders.restorePlan({ id, clientIds }) })
  } catch (thrown) {
    tell(thrown)
  }
}

const save = async (values: ReminderPlanInput, plan: ReminderPlan | null, done: string) => {
  try {
    await api.reminders.savePlan({ id: plan?.id ?? newId(), version: plan?.version ?? null, values })
    showToast({ message: done })
  } catch (thrown) {
    tell(thrown)
  }
}

type StepsProps = { readonly steps: ReminderPlanInput['steps'] }

const Steps = ({ steps }: StepsProps) => {
  const formats = useFormats()
  const sorted = [...steps].sort((one, other) => one.days - other.days)
  return (
    <>
      <PlanTimeline steps={sorted.map((step) => ({ ...step, withFee: feeText(step, formats) !== null }))} />
      <ul className={classes['step-list']}>
        {sorted.map((step) => {
          const fee = feeText(step, formats)
          return (
            <li key={step.id}>
              <span>{whenText(step.days)}</span>
              <ToneChip tone={step.tone} />
              <span className={classes['quiet']}>{fee === null ? 'no fee' : `fee of ${fee}`}</span>
            </li>
          )
        })}
      </ul>
    </>
  )
}

const clientsText = ({ clientCount, isDefault }: ReminderPlan): string => {
  const own = clientCount === 1 ? '1 client has chosen it' : `${clientCount} clients have chosen it`
  if (!isDefault) return clientCount === 0 ? 'No client has it yet' : own
  return clientCount === 0 ? 'For every client' : `For every client without a plan of its own; ${own}`
}

type CardProps = { readonly plan: ReminderPlan; readonly onEdit: () => void }

const PlanCard = ({ plan, onEdit }: CardProps) => {
  const formats = useFormats()
  return (
    <article className={classes['plan']} aria-label={`Reminder plan ${plan.name}`}>
      <div className={classes['plan-head']}>
        <h2>{plan.name}</h2>
        {plan.isDefault && (
          <StatusChip tone="accent" icon={IconStarFilled}>
            Default
          </StatusChip>
        )}
        <StatusChip tone="neutral" icon={plan.isAutomatic ? IconSend : IconHandStop}>
          {plan.isAutomatic ? 'Goes by itself' : 'Asks first'}
        </StatusChip>
        <span className={classes['acts']}>
          {!plan.isDefault && (
            <ActionIcon
              aria-label={`Make ${plan.name} the default`}
              title="Make it the default"
              onClick={() =>
                void save({ ...valuesOf(plan), isDefault: true }, plan, `${plan.name} is the default now.`)
              }
            >
              <IconStar size={15} />
            </ActionIcon>
          )}
          <ActionIcon aria-label={`Edit ${plan.name}`} title="Edit" onClick={onEdit}>
            <IconPencil size={15} />
          </ActionIcon>
          <ActionIcon aria-label={`Delete ${plan.name}`} title="Delete" onClick={() => void remove(plan)}>
            <IconTrash size={15} />
          </ActionIcon>
        </span>
      </div>
      <p className={classes['quiet']}>
        {clientsText(plan)}
        {plan.leastOpenE4 > 0n && ` · from ${formats.amount(plan.leastOpenE4)} open`}
      </p>
      <Steps steps={plan.steps} />
    </article>
  )
}

const Proposal = ({ onOwn }: { readonly onOwn: () => void }) => {
  const [proposed] = useState(standardPlan)
  return (
    <>
      <EmptyState
        sentence="Reminders ask for what is late, politely first. Most begin with this plan, and change it later."
        action={
          <Button onClick={() => void save(proposed, null, 'The standard plan is in force. It asks before it sends.')}>
            Use the standard plan
          </Button>
        }
        secondary={
          <Button variant="subtle" onClick={onOwn}>
            Write my own
          </Button>
        }
      />
      <div className={classes['plan']}>
        <Steps steps={proposed.steps} />
      </div>
    </>
  )
}

/** When clients are reminded of open invoices, how, and at what fee. */
export const PlansSection = () => {
  const plans = useApiQuery('reminders', 'plans', {})
  const [editing, setEditing] = useState<string | null>(null)
  if (plans.isError) return <ErrorPanel {...describeError(plans.error)} onRetry={() => void plans.refetch()} />
  if (plans.data === undefined) return <Skeleton />
  const close = () => setEditing(null)
  const isNew = editing === 'new'
  const hasDefault = plans.data.some(({ isDefault }) => isDefault)
  return (
    <section aria-label="Reminder plans" className={classes['section']}>
      {plans.data.length === 0 && !isNew && <Proposal onOwn={() => setEditing('new')} />}
      {plans.data.length > 0 && (
        <div className={classes['head']}>
          <p>
            {hasDefault
              ? 'Each invoice follows the plan of its client, or the default one, and takes each step once.'
              : 'No plan is the default: only clients with a plan of their own are reminded.'}
          </p>
          <Button
            leftSection={<IconPlus size={15} aria-hidden="true" />}
            disabled={isNew}
            onClick={() => setEditing('new')}
          >
            New plan
          </Button>
        </div>
      )}
      {isNew && (
        <div className={classes['plan']}>
          <PlanForm plan={null} start={plans.data.length === 0 ? standardPlan() : newPlan()} onClose={close} />
        </div>
      )}
      {plans.data.map((plan) =>
        editing === plan.id ? (
          <div key={plan.id} className={classes['plan']}>
            <PlanForm plan={plan} start={valuesOf(plan)} onClose={close} />
          </div>
        ) : (
          <PlanCard key={plan.id} plan={plan} onEdit={() => setEditing(plan.id)} />
        ),
      )}
    </section>
  )
}
