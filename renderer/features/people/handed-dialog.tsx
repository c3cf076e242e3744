import { Button } from '@mantine/core'
import { IconCircleCheck, IconMailX } from '@tabler/icons-react'
import { useState } from 'react'
import { copyText } from '../../ui/clipboard.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { downloadFile } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import { type HandedOver, mailCode, makeCode } from './hand-over.tsx'
import classes from './people.module.css'
import { attempt } from './tell.ts'

type Props = {
  readonly handed: HandedOver
  readonly onClose: () => void
  /** Another try, or another way. */
  readonly onHanded: (handed: HandedOver) => void
}
type ResultProps<K> = Omit<Props, 'handed'> & {
  readonly handed: HandedOver
  readonly result: Extract<HandedOver['result'], { kind: K }>
}

const save = (name: string, token: string) =>
  downloadFile(
    new TextEncoder().encode(
      `Counterfoil code for ${name}\n\n${token}\n\nOn the sign-in page choose "I was given a code", enter it and set a password.\n`,
    ),
    'counterfoil-code.txt',
    'text/plain',
  )

const Done = ({ onClose, keep = false }: { readonly onClose: () => void; readonly keep?: boolean }) => (
  <Button onClick={onClose} variant={keep ? 'default' : 'filled'} data-autofocus={keep ? undefined : true}>
    Done
  </Button>
)

const Mailed = ({ handed: { name }, result, onClose }: ResultProps<'mailed'>) => {
  const formats = useFormats()
  return (
    <Dialog open onClose={onClose} title="The code is on its way">
      <p className={classes['result']}>
        <IconCircleCheck size={20} className={classes['good']} aria-hidden="true" />
        <span>
          Your mail server took the message to <strong>{result.address}</strong>. {name} has until{' '}
          {formats.instant(result.expiresAt)} to come in with it. Nobody else can read it, and every code that was made
          before is void.
        </span>
      </p>
      <DialogFooter>
        <Done onClose={onClose} />
      </DialogFooter>
    </Dialog>
  )
}

const Failed = ({ handed, result, onClose, onHanded }: ResultProps<'failed'>) => {
  const [busy, setBusy] = useState(false)
  const run = async (work: () => Promise<HandedOver>) => {
    setBusy(true)
    await attempt(async () => onHanded(await work()))
    setBusy(false)
  }
  return (
    <Dialog open onClose={onClose} title="The message was not sent">
      <p className={classes['result']}>
        <IconMailX size={20} className={classes['bad']} aria-hidden="true" />
        <span>
          {result.why} {handed.name} is in the list of people all the same, and waits for a code.
        </span>
      </p>
      <DialogFooter>
        <Button variant="default" onClick={onClose}>
          Later
        </Button>
        <Button variant="default" disabled={busy} onClick={() => void run(() => makeCode(handed, 'qr'))}>
          Show the code instead
        </Button>
        <Button loading={busy} data-autofocus onClick={() => void run(() => mailCode(handed))}>
          Try again
        </Button>
      </DialogFooter>
    </Dialog>
  )
}

const Made = ({ handed: { name, way }, result: { token, expiresAt }, onClose }: ResultProps<'made'>) => {
  const formats = useFormats()
  return (
    <Dialog open onClose={onClose} title={`A code for ${name}`} size="lg">
      <div className={classes['handed']}>
        <QrCode text={token} label={`QR code with the code for ${name}; it also stands beside it`} />
        <div className={classes['stack']}>
          <p>
            Hand this to {name}. On the sign-in page they choose “I was given a code” and set a password of their own.
            It is shown this once, works once, and until {formats.instant(expiresAt)}.
          </p>
          <p className={classes['code']}>{token}</p>
          <div className={classes['buttons']}>
            <Button
              variant={way === 'text' ? 'filled' : 'default'}
              data-autofocus={way === 'text' || undefined}
              onClick={() => void copyText(token, 'Code')}
            >
              Copy
            </Button>
            <Button
              variant={way === 'file' ? 'filled' : 'default'}
              data-autofocus={way === 'file' || undefined}
              onClick={() => save(name, token)}
            >
              Save as a file
            </Button>
          </div>
        </div>
      </div>
      <DialogFooter>
        <Done onClose={onClose} keep={way !== 'qr'} />
      </DialogFooter>
    </Dialog>
  )
}

/** What became of a code: on its way by mail, refused by the server, or there to be handed over this once. */
export const HandedDialog = (props: Props) => {
  const { handed, onClose } = props
  const { result, name } = handed
  if (result.kind === 'mailed') return <Mailed {...props} result={result} />
  if (result.kind === 'failed') return <Failed {...props} result={result} />
  if (result.kind === 'made') return <Made {...props} result={result} />
  return (
    <Dialog open onClose={onClose} title={`${name} was added`}>
      <p>{name} signs in here already, with the password that they have.</p>
      <DialogFooter>
        <Done onClose={onClose} />
      </DialogFooter>
    </Dialog>
  )
}
