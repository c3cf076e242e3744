import { Button } from '@mantine/core'
import { useWorkspace } from '../../app/organization.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import type { Backups } from './use-backups.ts'

type Props = { readonly folder: string; readonly backups: Backups }

/** Begins anew in a second place that is gone, once a person says so; for who owns the workstation. */
export const BeginAnew = ({ folder, backups }: Props) => {
  const owns = useWorkspace().data?.ownsWorkstation === true
  if (!owns) return null
  const begin = async () => {
    const isSure = await confirmAct({
      title: 'Begin anew there?',
      body: `A first backup is made in ${folder} as it is now. The backups that were made in it before stay wherever they are, but Counterfoil looks after them no more. If a disk is only not plugged in, plug it in instead.`,
      verb: 'Begin anew there',
      cancel: 'Leave it',
    })
    if (isSure) await backups.beginAnew()
  }
  return (
    <Button size="compact-sm" variant="default" disabled={backups.isRunning} onClick={() => void begin()}>
      Begin anew there…
    </Button>
  )
}
