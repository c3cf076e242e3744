import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { confirmAct } from '../ui/confirm.tsx'
import { showToast } from '../ui/toast.tsx'
import { describeError } from './errors.ts'
import { useWorkspace } from './organization.ts'
import { useCommand } from './queries.ts'
import classes from './shell.module.css'

/** Says on each screen that this is the demo company, and takes it away in one click. */
export const DemoBar = () => {
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const remove = useCommand('setup', 'removeDemo')
  const ask = async () => {
    const yes = await confirmAct({
      title: 'Remove the demo company?',
      body: 'Its clients, invoices and payments go away. Your own organizations are not touched.',
      verb: 'Remove the demo company',
      cancel: 'Keep it',
      danger: true,
    })
    if (!yes) return
    try {
      await remove.mutateAsync({})
      await workspace.refetch()
      await navigate({ to: '/' })
      showToast({ message: 'The demo company is gone.' })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <aside className={classes['demo']} aria-label="Demo data">
      <strong>DEMO</strong>
      <span>Made-up data to try everything with.</span>
      <Button variant="subtle" size="compact-sm" loading={remove.isPending} onClick={() => void ask()}>
        Remove demo
      </Button>
    </aside>
  )
}
