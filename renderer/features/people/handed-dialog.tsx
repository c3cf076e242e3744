import { Button } from '@mantine/core'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { downloadFile } from '../../ui/files.ts'
import { useFormats } from '../../ui/locale.tsx'
import { QrCode } from '../../ui/qr-code.tsx'
import classes from './people.module.css'
import { copy } from './tell.ts'

export type HandedOver = { readonly name: string; readonly token: string | null; readonly expiresAt: string | null }

type Props = { readonly handed: HandedOver; readonly onClose: () => void }

const fileOf = (name: string, token: string) =>
  new TextEncoder().encode(
    `Counterfoil code for ${name}\n\n${token}\n\nOn the sign-in page choose "I was given a code", enter it and set a password.\n`,
  )

/** The code that a person is handed, shown this once: to copy, to scan, to keep as a file. */
export const HandedDialog = ({ handed, onClose }: Props) => {
  const { name, token, expiresAt } = handed
  const formats = useFormats()
  if (token === null || expiresAt === null) {
    return (
      <Dialog open onClose={onClose} title={`${name} was added`}>
        <p>{name} signs in here already, with the password that they have.</p>
        <DialogFooter>
          <Button onClick={onClose}>Done</Button>
        </DialogFooter>
      </Dialog>
    )
  }
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
            <Button variant="default" onClick={() => void copy(token, 'Code')}>
              Copy
            </Button>
            <Button
              variant="default"
              onClick={() => downloadFile(fileOf(name, token), 'counterfoil-code.txt', 'text/plain')}
            >
              Save as a file
            </Button>
          </div>
        </div>
      </div>
      <DialogFooter>
        <Button onClick={onClose}>Done</Button>
      </DialogFooter>
    </Dialog>
  )
}
