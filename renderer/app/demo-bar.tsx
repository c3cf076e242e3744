import { Button } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
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
  // Made-up data needs no question: it can be loaded again at any time.
  const take = async () => {
    try {
      await remove.mutateAsync({})
      await workspace.refetch()
      await navigate({ to: '/' })
      showToast({ message: 'The demo company is gone. Your own organizations are as they were.' })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <aside className={classes['demo']} aria-label="Demo data">
      <strong>DEMO</strong>
      <span>Made-up data to try everything with.</span>
      {workspace.data?.ownsWorkstation === true && (
        <Button variant="subtle" size="compact-sm" loading={remove.isPending} onClick={() => void take()}>
          Remove demo
        </Button>
      )}
    </aside>
  )
}
