import { Button } from '@mantine/core'
import { useState } from 'react'
import { MayCall } from '../../app/may.tsx'
import { type ApiOutput, useApiQuery } from '../../app/queries.ts'
import { EraseDialog } from './erase-dialog.tsx'
import { OutsidePanel } from './person-cells.tsx'

type Somebody = ApiOutput<'users', 'left'>[number]

/** Who worked here and comes in no more, to be erased; nothing for whoever does not own the workstation. */
export const Left = () => {
  const { data = [] } = useApiQuery('users', 'left', {})
  const [chosen, setChosen] = useState<Somebody | null>(null)
  if (data.length === 0) return null
  return (
    <OutsidePanel
      title="People who left"
      hint="They come in no more. Their names stay beside what they did until you erase them, as they may ask you to."
      people={data}
      act="Erase"
      actOf={(person) => (
        <MayCall call="users.erase">
          <Button
            variant="default"
            size="compact-sm"
            aria-label={`Erase ${person.name}`}
            onClick={() => setChosen(person)}
          >
            Erase
          </Button>
        </MayCall>
      )}
    >
      {chosen !== null && <EraseDialog person={chosen} onClose={() => setChosen(null)} />}
    </OutsidePanel>
  )
}
