import { Button } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import { Dialog } from '../../ui/dialog.tsx'
import { FilterTabs } from '../../ui/tabs.tsx'
import { MayCall } from '../may.tsx'
import { type ChangesOf, ChangeTimeline } from './change-timeline.tsx'
import { Compared } from './compared.tsx'
import classes from './record.module.css'

type Props = {
  readonly of: ChangesOf
  /** What it is of, in the title of the dialog: "Rosewood Bakery". */
  readonly name: string
  readonly compact?: boolean
}

const views = [
  { value: 'all', label: 'Every change' },
  { value: 'compared', label: 'Two days compared' },
] as const

const Changes = ({ of, title }: { readonly of: ChangesOf; readonly title: string }) => {
  const [view, setView] = useState<(typeof views)[number]['value']>('all')
  // Settings are many things at once.
  if (of.id === undefined) return <ChangeTimeline of={of} label={title} />
  return (
    <>
      <div className={classes['views']}>
        <FilterTabs label="How the changes are shown" tabs={views} value={view} onChange={setView} />
      </div>
      {view === 'all' ? <ChangeTimeline of={of} label={title} /> : <Compared of={of} />}
    </>
  )
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
        {open && <Changes of={of} title={title} />}
      </Dialog>
    </MayCall>
  )
}
