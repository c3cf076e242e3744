import { Button } from '@mantine/core'
import { create } from 'zustand'
import { Dialog, DialogFooter } from '../ui/dialog.tsx'
import { downloadFile } from '../ui/files.ts'
import { usePrintSheet } from '../ui/print-sheet.tsx'
import classes from './recovery-key.module.css'

const useKey = create<{ readonly code: string | null }>(() => ({ code: null }))

/** Shows a recovery code of the data until somebody has kept it, also when the window behind it is drawn anew. */
export const showRecoveryKey = (code: string): void => useKey.setState({ code })

const fileOf = (code: string) =>
  new TextEncoder().encode(
    `Counterfoil recovery code\n\n${code}\n\nIt opens the data when every password is forgotten.\n`,
  )

/** Where a new recovery code of the data appears; once, at the top of the app. */
export const RecoveryKeyHost = () => {
  const code = useKey((state) => state.code)
  const close = () => useKey.setState({ code: null })
  const { print, sheet } = usePrintSheet(() => (
    <div>
      <h1>Counterfoil recovery code</h1>
      <p className={classes['code']}>{code}</p>
      <p>It opens the data when every password is forgotten. Keep this paper where you keep your passport.</p>
    </div>
  ))
  return (
    <Dialog open={code !== null} onClose={null} title="Print your recovery code now">
      <p>
        This code opens the data when every password is forgotten. It is shown this once. Without it and without a
        password nobody can open the data, not even we.
      </p>
      <p className={classes['code']}>{code}</p>
      <div className={classes['buttons']}>
        <Button variant="default" onClick={print} data-autofocus>
          Print
        </Button>
        <Button
          variant="default"
          onClick={() => code !== null && downloadFile(fileOf(code), 'counterfoil-recovery-code.txt', 'text/plain')}
        >
          Save as a file
        </Button>
      </div>
      <DialogFooter>
        <Button onClick={close}>I have kept it</Button>
      </DialogFooter>
      {sheet}
    </Dialog>
  )
}
