import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { MayCall } from '../may.tsx'
import { type ChangesOf, ChangeTimeline } from './change-timeline.tsx'

type Props = {
  readonly of: ChangesOf
  /** What it is of, in the title of the dialog: "Rosewood Bakery". */
  readonly name: string
  readonly compact?: boolean
}

/** Opens every change of something with old and new values; for whoever may read the record. */
export const ChangesButton = ({ of, name, compact = false }: Props) => {
  const [open, setOpen] = useState(false)
  const title = `Changes of ${name}`
  return (
    <MayCall call="audit.list">
      <Button
        variant={compact ? 'subtle' : 'default'}
        size={compact ? 'compact-sm' : 'sm'}
        leftSection={<IconHistory size={14} />}
        onClick={() => setOpen(true)}
      >
        All changes
      </Button>
      <Dialog open={open} onClose={() => setOpen(false)} title={title} size="lg">
        {open && <ChangeTimeline of={of} label={title} />}
      </Dialog>
    </MayCall>
  )
}
