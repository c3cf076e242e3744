import { Button } from '@mantine/core'
import { useState } from 'react'
import { ClientField } from '../../../app/client-field.tsx'
import { Dialog } from '../../../ui/dialog.tsx'
import type { Choice } from '../../../ui/entity-combobox.tsx'
import type { SavedClient } from '../client-values.ts'
import { MergeDialog } from './merge-dialog.tsx'

type Props = {
  readonly client: SavedClient
  readonly onClose: () => void
  readonly onMerged: (id: string) => void | Promise<void>
}

/** Merges a client into another one: asks which, then compares the two. */
export const MergeIntoDialog = ({ client, onClose, onMerged }: Props) => {
  const [choice, setChoice] = useState<Choice | null>(null)
  const [isComparing, setComparing] = useState(false)
  if (choice !== null && isComparing) {
    return <MergeDialog ids={[choice.id, client.id]} onClose={onClose} onMerged={onMerged} />
  }
  const isItself = choice?.id === client.id
  return (
    <Dialog
      open
      onClose={onClose}
      title={`Merge ${client.name} into another client`}
      footer={
        <>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button disabled={choice === null || isItself} onClick={() => setComparing(true)}>
            Compare them
          </Button>
        </>
      }
    >
      <ClientField
        label="The client that it really is"
        value={choice}
        error={isItself ? 'Choose another client.' : undefined}
        autoFocus
        onChange={setChoice}
      />
    </Dialog>
  )
}
