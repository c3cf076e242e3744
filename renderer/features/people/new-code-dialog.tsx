import { Button } from '@mantine/core'
import { type FormEvent, useState } from 'react'
import { useMe } from '../../app/me.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { type HandedOver, HandOverChoice, type HandOverWay, mailCode, makeCode, noMailReason } from './hand-over.tsx'
import classes from './people.module.css'
import type { Person } from './rows.ts'
import { attempt } from './tell.ts'

type Props = {
  readonly person: Person
  readonly onClose: () => void
  readonly onHanded: (handed: HandedOver) => void
}

/** A new code for somebody who is here: how it gets to them. */
export const NewCodeDialog = ({ person, onClose, onHanded }: Props) => {
  const me = useMe()
  const [chosen, setWay] = useState<HandOverWay | null>(null)
  const [busy, setBusy] = useState(false)
  const way = chosen ?? (noMailReason(me, person.email) === null ? 'mail' : 'qr')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    await attempt(async () => onHanded(await (way === 'mail' ? mailCode(person) : makeCode(person, way))))
    setBusy(false)
  }
  return (
    <Dialog open onClose={onClose} title={`A code for ${person.name}`}>
      <form className={classes['stack']} onSubmit={(event) => void submit(event)} aria-label="New code">
        <p className={classes['quiet']}>
          {person.hasPassword
            ? 'Until it is used, the password that they have stays good.'
            : 'A code that was made before is void.'}
        </p>
        <HandOverChoice value={way} onChange={setWay} me={me} email={person.email} />
        <DialogFooter>
          <Button variant="default" onClick={onClose}>
            Back
          </Button>
          <Button type="submit" loading={busy} data-autofocus>
            {way === 'mail' ? 'Send the code' : 'Make the code'}
          </Button>
        </DialogFooter>
      </form>
    </Dialog>
  )
}
