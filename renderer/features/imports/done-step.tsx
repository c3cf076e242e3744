import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type { ApiOutput } from '../../app/queries.ts'
import { Panel } from '../../ui/panel.tsx'
import { KeptList, useUndo } from './import-history.tsx'
import { countOf, type Entity, newOf, nounOf, placeOf, type Ran } from './import-words.ts'
import classes from './imports.module.css'

type Props = {
  readonly entity: Entity
  readonly fileName: string
  readonly ran: Ran
  readonly onAnother: () => void
}

const sentence = (entity: Entity, { counts, made }: Ran) => {
  const parts = [`${newOf(entity, { counts, made })} added`]
  if (entity !== 'clients' && made.clients > 0) parts.push(`${countOf('clients', made.clients)} made for them`)
  if (entity === 'invoices' && made.payments > 0) parts.push(`${countOf('payments', made.payments)} recorded`)
  if (counts.update > 0) parts.push(`${counts.update} updated`)
  if (counts.skip > 0) parts.push(`${counts.skip} skipped`)
  if (counts.refuse > 0) parts.push(`${counts.refuse} left out`)
  return `${parts.join(', ')}.`
}

/** What came in, and the way back. */
export const DoneStep = ({ entity, fileName, ran, onAnother }: Props) => {
  const navigate = useNavigate()
  const [undone, setUndone] = useState<ApiOutput<'dataImports', 'undo'> | null>(null)
  const undo = useUndo(setUndone)
  return (
    <Panel torn title={undone === null ? `${fileName} is imported` : `The import of ${fileName} is undone`}>
      <div className={classes['stack']}>
        <p role="status">
          <IconCircleCheck size={16} aria-hidden="true" style={{ verticalAlign: '-3px' }} />{' '}
          {undone === null ? sentence(entity, ran) : 'What it made is taken back.'}
        </p>
        {undone !== null && <KeptList undone={undone} />}
        <div className={classes['acts']}>
          <Button
            variant="default"
            disabled={undone !== null}
            loading={undo.isBusy}
            onClick={() => void undo.start(ran.id, ran.made)}
          >
            Undo this import
          </Button>
          <div className={classes['foot-end']}>
            <Button variant="default" onClick={onAnother}>
              Import another file
            </Button>
            <Button onClick={() => void navigate({ to: placeOf[entity] })}>Show the {nounOf(entity)}</Button>
          </div>
        </div>
      </div>
    </Panel>
  )
}
