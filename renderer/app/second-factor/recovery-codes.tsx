import { Button } from '@mantine/core'
import { create } from 'zustand'
import { copyText } from '../../ui/clipboard.ts'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { downloadFile } from '../../ui/files.ts'
import { usePrintSheet } from '../../ui/print-sheet.tsx'
import classes from './second-factor.module.css'

type Shown = { readonly codes: readonly string[]; readonly name: string }

const useShown = create<{ readonly shown: Shown | null }>(() => ({ shown: null }))

/** Shows somebody's recovery codes until they have kept them, also when the window behind is drawn anew. */
export const showRecoveryCodes = (codes: readonly string[], name: string): void =>
  useShown.setState({ shown: { codes, name } })

const Codes = ({ codes }: Pick<Shown, 'codes'>) => (
  <ul className={classes['codes']} aria-label="Recovery codes">
    {codes.map((code) => (
      <li key={code}>{code}</li>
    ))}
  </ul>
)

const Kept = ({ codes, name }: Shown) => {
  const text = codes.join('\n')
  const { print, sheet } = usePrintSheet(() => (
    <div>
      <h1>Counterfoil recovery codes of {name}</h1>
      <p>Each stands in once for the code of your app. Keep this paper where you keep your passport.</p>
      <Codes codes={codes} />
    </div>
  ))
  return (
    <Dialog open onClose={null} title="Keep your recovery codes">
      <p>
        They are shown this once. Each lets you in once when your phone is not at hand. Print them, or keep them in your
        manager of passwords.
      </p>
      <Codes codes={codes} />
      <div className={classes['buttons']}>
        <Button variant="default" onClick={print} data-autofocus>
          Print
        </Button>
        <Button variant="default" onClick={() => void copyText(text, 'Recovery codes')}>
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
        <Button onClick={() => useShown.setState({ shown: null })}>I have kept them</Button>
      </DialogFooter>
      {sheet}
    </Dialog>
  )
}

/** Where new recovery codes of a person appear; once, at the top of the app. */
export const RecoveryCodesHost = () => {
  const shown = useShown((state) => state.shown)
  return shown === null ? null : <Kept {...shown} />
}
