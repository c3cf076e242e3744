import { ActionIcon, Tooltip } from '@mantine/core'
import { IconCircle, IconCircleCheckFilled, IconX } from '@tabler/icons-react'
import { useOrganizationId } from '../../app/organization.ts'
import { useApiQuery, useCommand } from '../../app/queries.ts'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './home.module.css'
import type { Summary } from './home-figures.tsx'

/** What is still to be set up, each step leading to its place; can be put away. */
export const SetupChecklist = ({ steps }: { readonly steps: Summary['checklist'] }) => {
  const organizationId = useOrganizationId()
  const settings = useApiQuery('settings', 'get', {})
  const set = useCommand('settings', 'set')
  // Each business has a list of its own, so putting one away leaves the others.
  const key = `checklist.${organizationId ?? 'none'}`
  const done = steps.filter((step) => step.done).length
  if (settings.data === undefined || settings.data[key] === 'dismissed' || done === steps.length) return null
  const dismiss = async () => {
    await set.mutateAsync({ key, value: 'dismissed' })
    showToast({ message: 'The set-up list is put away.', undo: () => set.mutateAsync({ key, value: 'shown' }) })
  }
  return (
    <Panel
      title={`Set-up: ${done} of ${steps.length} done`}
      actions={
        <Tooltip label="Put this list away">
          <ActionIcon aria-label="Dismiss the set-up list" onClick={() => void dismiss()}>
            <IconX size={15} />
          </ActionIcon>
        </Tooltip>
      }
    >
      <progress className={classes['progress']} value={done} max={steps.length} aria-label="Set-up done" />
      <ul className={classes['steps']}>
        {steps.map((step) => (
          <li key={step.key} data-done={step.done || undefined}>
            {step.done ? (
              <IconCircleCheckFilled size={17} aria-label="Done" />
            ) : (
              <IconCircle size={17} aria-label="To do" />
            )}
            {step.done ? <span>{step.title}</span> : <a href={`#${step.route}`}>{step.title}</a>}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
