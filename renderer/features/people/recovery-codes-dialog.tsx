import { Button } from '@mantine/core'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { downloadFile } from '../../ui/files.ts'
import { usePrintSheet } from '../../ui/print-sheet.tsx'
import classes from './people.module.css'
import { copy } from './tell.ts'

type Props = { readonly codes: readonly string[]; readonly name: string; readonly onClose: () => void }

const Codes = ({ codes }: { readonly codes: readonly string[] }) => (
  <ul className={classes['codes']} aria-label="Recovery codes">
    {codes.map((code) => (
      <li key={code}>{code}</li>
    ))}
  </ul>
)

/** Ten recovery codes, shown this once: to copy, to print, to keep as a file. */
export const RecoveryCodesDialog = ({ codes, name, onClose }: Props) => {
  const text = codes.join('\n')
  const { print, sheet } = usePrintSheet(() => (
    <div>
      <h1>Counterfoil recovery codes of {name}</h1>
      <p>Each stands in once for the code of your app. Keep this paper where you keep your passport.</p>
      <Codes codes={codes} />
    </div>
  ))
  return (
    <Dialog open onClose={onClose} title="Keep your recovery codes">
      <p>
        They are shown this once. Each lets you in once when your phone is not at hand. Print them, or keep them in your
        manager of passwords.
      </p>
      <Codes codes={codes} />
      <div className={classes['buttons']}>
        <Button variant="default" onClick={print} data-autofocus>
          Print
        </Button>
        <Button variant="default" onClick={() => void copy(text, 'Recovery codes')}>
          Copy
        </Button>
        <Button
          variant="default"
          onClick={() => downloadFile(new TextEncoder().encode(`${text}\n`), 'recovery-codes.txt', 'text/plain')}
        >
          Save as a file
        </Button>
      </div>
      <DialogFooter>
        <Button onClick={onClose}>I have kept them</Button>
      </DialogFooter>
      {sheet}
    </Dialog>
  )
}
