import { ActionIcon, Button, Menu } from '@mantine/core'
import { IconArrowBackUp, IconArrowForwardUp, IconCopy, IconDots, IconTrash } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { type ReactNode, useEffect, useRef, useState } from 'react'
import { useStore } from 'zustand'
import type { EInvoiceFinding } from '../../../shared/contract/einvoices.ts'
import type { Organization } from '../../../shared/contract/organizations.ts'
import type { TaxRate } from '../../../shared/contract/tax-rates.ts'
import type { Rounding } from '../../../shared/documents/model.ts'
import { useActions } from '../../app/actions.ts'
import { documentCalls } from '../../app/document-calls.ts'
import { Editable } from '../../app/editable.tsx'
import { describeError } from '../../app/errors.ts'
import { InvoiceStatus } from '../../app/invoice-status.tsx'
import { MayCall } from '../../app/may.tsx'
import { MenuAct } from '../../app/menu-act.tsx'
import { TagEditor } from '../../app/tags/tag-editor.tsx'
import { newId } from '../../ids.ts'
import { KeyHint } from '../../ui/kbd.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { Page } from '../../ui/page.tsx'
import { Panel } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.tsx'
import { EditorFrame, useViews, ViewSwitch } from '../desk/desk-frame.tsx'
import { FilesPanel } from '../desk/files-panel.tsx'
import { HistoryPanel } from '../desk/history-panel.tsx'
import type { DocumentKind } from '../document-kind.ts'
import { EditDraftClient } from '../einvoice/edit-draft-client.tsx'
import { focusFinding, openBusiness } from '../einvoice/jump.ts'
import { recordTable } from '../record-table.ts'
import { DraftConflict } from './conflict.tsx'
import { DraftPreview } from './draft-preview.tsx'
import { type DraftSession, type OpenDraft, useDraftSession } from './draft-session.ts'
import { EditorContext } from './editor-context.ts'
import { issueDraft } from './issue-draft.tsx'
import { dropDraft } from './kept-drafts.ts'
import { Paper } from './paper.tsx'
import { usePaperEditor } from './paper-editor.ts'
import { SaveMark } from './save-mark.tsx'

/** Deleting with a way back, and making a copy. */
const useDraftActs = (
  { procedures, paths, kept }: DocumentKind,
  organizationId: string,
  id: string,
  session: DraftSession,
) => {
  const navigate = useNavigate()
  const leave = () => navigate({ to: paths.list })
  const tell = (thrown: unknown) => showToast({ message: describeError(thrown).message, tone: 'problem' })
  const remove = async () => {
    try {
      const version = (await session.saveNow()) ? session.version() : null
      if (version === null) return
      await procedures.deleteDraft({ id, version })
      dropDraft(kept, organizationId, id)
      showToast({ message: 'Draft deleted.', undo: () => procedures.restoreDraft({ id }) })
      await leave()
    } catch (thrown) {
      tell(thrown)
    }
  }
  const copy = async () => {
    try {
      if (procedures.duplicate === undefined || !(await session.saveNow())) return
      const made = await procedures.duplicate({ id, newId: newId() })
      await navigate({ to: paths.one, params: { id: made.id } })
    } catch (thrown) {
      tell(thrown)
    }
  }
  return { remove, copy, leave }
}

type MenuProps = {
  readonly kind: DocumentKind['name']
  readonly onCopy: (() => void) | null
  readonly onDelete: () => void
  readonly items: ReactNode
}

const DraftMenu = ({ kind, onCopy, onDelete, items }: MenuProps) => {
  const calls = documentCalls[kind]
  return (
    <Menu>
      <Menu.Target>
        <ActionIcon size={32} variant="default" aria-label="More actions">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {onCopy !== null && (
          <MenuAct calls={calls.copy} leftSection={<IconCopy size={14} />} onClick={onCopy}>
            Duplicate
          </MenuAct>
        )}
        {items}
        <MenuAct calls={calls.remove} leftSection={<IconTrash size={14} />} color="red" onClick={onDelete}>
          Delete draft
        </MenuAct>
      </Menu.Dropdown>
    </Menu>
  )
}

const UndoButtons = ({ session }: { readonly session: DraftSession }) => {
  const canUndo = useStore(session.store, (state) => state.past.length > 0)
  const canRedo = useStore(session.store, (state) => state.future.length > 0)
  return (
    <>
      <ActionIcon size={32} aria-label="Undo" disabled={!canUndo} onClick={session.store.undo}>
        <IconArrowBackUp size={17} />
      </ActionIcon>
      <ActionIcon size={32} aria-label="Redo" disabled={!canRedo} onClick={session.store.redo}>
        <IconArrowForwardUp size={17} />
      </ActionIcon>
    </>
  )
}

type Props = {
  readonly kind: DocumentKind
  readonly draft: OpenDraft
  readonly rounding: Rounding
  readonly organization: Organization
  readonly rates: readonly TaxRate[]
  /** It is issued, or no draft any more: it has to be read anew. */
  readonly onChanged: () => void
}

/** A draft: the paper that is written on, its preview, what belongs to it. */
export const DraftEditor = ({ kind, draft, rounding, organization, rates, onChanged }: Props) => {
  const formats = useFormats()
  const session = useDraftSession(kind, organization.id, draft)
  const calls = documentCalls[kind.name]
  const { store, saveState } = session
  const desk = useRef<HTMLDivElement>(null)
  const views = useViews('preview')
  const [issuing, setIssuing] = useState(false)
  const [clientField, editClientField] = useState<string | null>(null)
  const [comparing, setComparing] = useState(true)
  const { editor, clientName: name } = usePaperEditor({ kind, store, organization, rates, desk })
  const acts = useDraftActs(kind, organization.id, draft.id, session)
  const jump = (finding: EInvoiceFinding) => {
    const { screen, field } = finding.target
    if (screen === 'client') editClientField(field)
    else if (screen === 'business') void openBusiness(field)
    else focusFinding(store, desk.current, finding)
  }
  const issue = async () => {
    if (issuing) return
    views.show(views.isWide ? views.view : 'paper')
    setIssuing(true)
    const isIssued = await issueDraft({
      kind,
      id: draft.id,
      session,
      rounding,
      formats,
      desk: desk.current,
      onJump: jump,
    })
    setIssuing(false)
    if (isIssued) onChanged()
  }
  useActions([
    {
      id: 'draft.issue',
      title: `Issue this ${kind.words.one}`,
      group: 'This page',
      shortcut: 'mod+enter',
      keywords: 'number finish',
      calls: calls.issue,
      run: issue,
    },
    {
      id: 'draft.save',
      title: 'Save now',
      group: 'This page',
      shortcut: 'mod+s',
      calls: calls.save,
      run: session.saveNow,
    },
    { id: 'draft.undo', title: 'Undo', group: 'This page', shortcut: 'mod+z', calls: 'nothing', run: store.undo },
    { id: 'draft.redo', title: 'Redo', group: 'This page', shortcut: 'mod+shift+z', calls: 'nothing', run: store.redo },
    ...(kind.procedures.duplicate === undefined
      ? []
      : [
          {
            id: 'draft.copy',
            title: 'Duplicate this draft',
            group: 'This page' as const,
            calls: calls.copy,
            run: acts.copy,
          },
        ]),
    { id: 'draft.delete', title: 'Delete this draft', group: 'This page', calls: calls.remove, run: acts.remove },
    {
      id: 'draft.leave',
      title: `Back to ${kind.words.many}`,
      group: 'This page',
      shortcut: 'escape',
      calls: 'nothing',
      run: acts.leave,
    },
  ])
  // A conflict asks at once; put off, it waits behind the button beside the title.
  const isInConflict = saveState.kind === 'conflict'
  useEffect(() => setComparing(isInConflict), [isInConflict])
  const isIssuedElsewhere = saveState.kind === 'refused' && saveState.error.code === 'IMMUTABLE'
  useEffect(() => {
    if (!isIssuedElsewhere) return
    showToast({
      message: `This ${kind.words.one} was issued elsewhere meanwhile; here it is as it went out.`,
      tone: 'problem',
    })
    onChanged()
  }, [isIssuedElsewhere, kind, onChanged])
  return (
    <EditorContext value={editor}>
      <Page
        fill
        title={name === undefined ? `New ${kind.words.one}` : `Draft for ${name}`}
        beside={<InvoiceStatus state="draft" />}
        subtitle={<SaveMark state={saveState} onCompare={() => setComparing(true)} />}
        actions={
          <>
            <MayCall call={calls.save}>
              <UndoButtons session={session} />
            </MayCall>
            <ViewSwitch views={views} names={{ paper: 'Edit', preview: 'Preview', details: 'Details' }} />
            <MayCall call={calls.save}>
              <DraftMenu
                kind={kind.name}
                onCopy={kind.procedures.duplicate === undefined ? null : () => void acts.copy()}
                onDelete={() => void acts.remove()}
                items={kind.DraftItems && <kind.DraftItems id={draft.id} prepare={session.saveNow} />}
              />
            </MayCall>
            <MayCall call={calls.issue}>
              <Button
                loading={issuing}
                onClick={() => void issue()}
                aria-keyshortcuts="Control+Enter"
                rightSection={
                  views.isWide ? (
                    <span aria-hidden="true">
                      <KeyHint keys="mod+enter" />
                    </span>
                  ) : undefined
                }
              >
                Issue
              </Button>
            </MayCall>
          </>
        }
      >
        <EditorFrame
          views={views}
          desk={desk}
          paper={
            <Editable calls={calls.save}>
              <Paper rounding={rounding} />
            </Editable>
          }
          preview={<DraftPreview kind={kind} store={store} />}
          details={
            <>
              {kind.tagged !== null && draft.version !== null && (
                <Panel title="Tags">
                  <TagEditor entity={kind.tagged} entityId={draft.id} />
                </Panel>
              )}
              <MayCall call="activity.list">
                <HistoryPanel documentId={draft.id} table={recordTable(kind.name)} name={`this ${kind.words.one}`} />
              </MayCall>
              {kind.entity !== null && (
                <MayCall call="attachments.list">
                  <FilesPanel
                    entity={kind.entity}
                    of={kind.words.one}
                    documentId={draft.id}
                    prepare={session.saveNow}
                  />
                </MayCall>
              )}
            </>
          }
        />
      </Page>
      {clientField !== null && <EditDraftClient field={clientField} onClose={() => editClientField(null)} />}
      {comparing && isInConflict && (
        <DraftConflict
          kind={kind}
          documentId={draft.id}
          session={session}
          rounding={rounding}
          onClose={() => setComparing(false)}
          onGone={onChanged}
        />
      )}
    </EditorContext>
  )
}
