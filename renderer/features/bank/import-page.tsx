import { Button, FileButton } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useActions } from '../../app/actions.ts'
import { DropArea } from '../../ui/drop-area.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import classes from './bank.module.css'
import { ImportPreview } from './import-preview.tsx'
import { useImport } from './import-state.ts'

const kinds = '.xml,.camt,.sta,.mt940,.940,.942,.txt,.ofx,.qfx,.qif,.csv,.tsv'

const Choose = ({ onFiles }: { readonly onFiles: (files: readonly File[]) => void }) => (
  <DropArea onFiles={onFiles}>
    <div className={classes['drop']}>
      <p>
        Drop statements here: CAMT, MT940, OFX, QIF, or CSV as your bank writes it. Nothing is saved before you have
        seen what is in them.
      </p>
      <FileButton multiple accept={kinds} onChange={(files) => onFiles(files)}>
        {(props) => <Button {...props}>Choose files</Button>}
      </FileButton>
    </div>
  </DropArea>
)

/** Takes statements in: choose, look, import. */
export const ImportPage = () => {
  const navigate = useNavigate()
  const state = useImport()
  useActions([
    {
      id: 'bank.leave-import',
      title: 'Back to banking',
      group: 'This page',
      shortcut: 'escape',
      calls: 'nothing',
      run: () => navigate({ to: '/banking' }),
    },
  ])
  return (
    <Page title="Import bank statements" subtitle={state.waiting > 1 ? `${state.waiting} files to go` : undefined}>
      {state.file === undefined ? (
        <Panel>
          <Choose onFiles={(files) => void state.add(files)} />
        </Panel>
      ) : (
        <DropArea onFiles={(files) => void state.add(files)}>
          <ImportPreview state={state} file={state.file} />
        </DropArea>
      )}
    </Page>
  )
}
