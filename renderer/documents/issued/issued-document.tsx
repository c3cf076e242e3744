import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconPrinter } from '@tabler/icons-react'
import { type ComponentProps, type ReactNode, useRef } from 'react'
import { BranchMark } from '../../app/branch-mark.tsx'
import { MayCall } from '../../app/may.tsx'
import { MenuAct } from '../../app/menu-act.tsx'
import { PdfView } from '../../app/pdf-view.tsx'
import { TagEditor } from '../../app/tags/tag-editor.tsx'
import { Page } from '../../ui/page.tsx'
import { EditorFrame, useViews, ViewSwitch } from '../desk/desk-frame.tsx'
import { FilesPanel } from '../desk/files-panel.tsx'
import { HistoryPanel } from '../desk/history-panel.tsx'
import type { DocumentKind } from '../document-kind.ts'
import { recordTable } from '../record-table.ts'
import { DocumentInWords } from './document-in-words.tsx'
import type { PdfActs } from './pdf-acts.ts'

const DownloadButton = ({ isWide, onClick }: { readonly isWide: boolean; readonly onClick: () => void }) =>
  isWide ? (
    <Button variant="default" leftSection={<IconDownload size={15} />} onClick={onClick}>
      Download PDF
    </Button>
  ) : (
    <ActionIcon size={32} variant="default" aria-label="Download PDF" onClick={onClick}>
      <IconDownload size={16} />
    </ActionIcon>
  )

type MenuProps = { readonly onPrint: () => void; readonly children: ReactNode }

const MoreMenu = ({ onPrint, children }: MenuProps) => (
  <Menu>
    <Menu.Target>
      <ActionIcon size={32} variant="default" aria-label="More actions">
        <IconDots size={16} />
      </ActionIcon>
    </Menu.Target>
    <Menu.Dropdown>
      <MenuAct calls="nothing" leftSection={<IconPrinter size={14} />} onClick={onPrint}>
        Print
      </MenuAct>
      {children}
    </Menu.Dropdown>
  </Menu>
)

type Props = {
  readonly kind: DocumentKind
  readonly document: ComponentProps<typeof DocumentInWords>['document'] & { readonly id: string }
  /** Chips beside the number. */
  readonly beside: ReactNode
  readonly subtitle: ReactNode
  /** The kept PDF: its bytes once they are there, or why they cannot be read. */
  readonly pdf: { readonly bytes: Uint8Array | null; readonly problem: unknown }
  readonly acts: PdfActs
  /** Entries of the menu behind Print. */
  readonly menu: ReactNode
  readonly buttons: ReactNode
  /** Panels above the timeline and the files. */
  readonly panels: ReactNode
  /** Dialogs. */
  readonly children?: ReactNode
}

/** An issued document: its frozen pages, what became of it, what can be done with it. */
export const IssuedDocument = (props: Props) => {
  const { kind, document, acts, pdf } = props
  const views = useViews('details')
  const desk = useRef<HTMLDivElement>(null)
  return (
    <Page
      fill
      title={document.number ?? kind.words.title}
      beside={
        <>
          {props.beside}
          <BranchMark branchId={document.content.branchId} />
          {kind.tagged !== null && <TagEditor entity={kind.tagged} entityId={document.id} />}
        </>
      }
      subtitle={props.subtitle}
      actions={
        <>
          <ViewSwitch
            views={views}
            names={{ paper: views.isWide ? '' : 'Document', preview: '', details: 'Details' }}
          />
          <DownloadButton isWide={views.isWide} onClick={() => void acts.download()} />
          <MoreMenu onPrint={() => void acts.print()}>{props.menu}</MoreMenu>
          {props.buttons}
        </>
      }
    >
      <EditorFrame
        views={views}
        desk={desk}
        isPdf
        paper={
          <>
            <DocumentInWords words={kind.words} document={document} />
            <PdfView bytes={pdf.bytes} label={`${kind.words.title} ${document.number}`} problem={pdf.problem} />
          </>
        }
        preview={null}
        details={
          <>
            {props.panels}
            <MayCall call="activity.list">
              <HistoryPanel
                documentId={document.id}
                table={recordTable(kind.name)}
                name={document.number ?? `this ${kind.words.one}`}
              />
            </MayCall>
            {kind.entity !== null && (
              <MayCall call="attachments.list">
                <FilesPanel entity={kind.entity} of={kind.words.one} documentId={document.id} />
              </MayCall>
            )}
          </>
        }
      />
      {props.children}
    </Page>
  )
}
