import { Button, Progress } from '@mantine/core'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useOrganizationId } from '../../app/organization.ts'
import { type ApiOutput, queryKey, useApiQuery, useCommand } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { sizeText } from '../../ui/files.ts'
import { FormSection } from '../../ui/form.tsx'
import { type LocaleFormats, useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './settings.module.css'

type State = ApiOutput<'updates', 'state'>

const sentence = (state: State, formats: LocaleFormats): string => {
  const { status, version, currentVersion, receivedBytes, sizeBytes } = state
  const size = (bytes: number | null) => sizeText(bytes ?? 0, formats.locale)
  switch (status) {
    case 'no-feed':
      return 'No place for new versions is set up in this copy of Counterfoil, so none are looked for.'
    case 'checking':
      return 'Looking for a new version…'
    case 'current':
      return `Version ${currentVersion} is the newest.`
    case 'held-back':
      return 'A new version is being handed out step by step. It comes to this computer later.'
    case 'available':
      return `Version ${version} is there (${size(sizeBytes)}).`
    case 'downloading':
      return `Downloading version ${version}: ${size(receivedBytes)} of ${size(sizeBytes)}.`
    case 'ready':
      return state.installAtQuit
        ? `Version ${version} is installed when you close Counterfoil.`
        : `Version ${version} is downloaded and verified. A backup is made before it is installed.`
    case 'installing':
      return `Installing version ${version}…`
    default:
      return `This is version ${currentVersion}. New versions are looked for only when you ask.`
  }
}

const useUpdates = () => {
  const client = useQueryClient()
  const organizationId = useOrganizationId()
  const query = useApiQuery('updates', 'state', {})
  const { refetch } = query
  const isRunning = query.data?.status === 'downloading' || query.data?.status === 'installing'
  // A download changes nobody's data, so no change event tells of it.
  useEffect(() => {
    if (!isRunning) return
    const timer = setInterval(() => void refetch(), 500)
    return () => clearInterval(timer)
  }, [isRunning, refetch])
  const commands = {
    check: useCommand('updates', 'check'),
    download: useCommand('updates', 'download'),
    cancel: useCommand('updates', 'cancel'),
    install: useCommand('updates', 'install'),
  }
  const show = async (work: Promise<State>) => {
    try {
      client.setQueryData(queryKey('updates', 'state', organizationId, {}), await work)
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
      await query.refetch()
    }
  }
  return { query, commands, show }
}

type Doing = ReturnType<typeof useUpdates>

const askInstall = async ({ version }: State): Promise<boolean> =>
  await confirmAct({
    title: `Install version ${version} now?`,
    body: 'A backup is made first. Counterfoil then closes and starts again; drafts are kept.',
    verb: 'Install and start again',
    cancel: 'Not now',
  })

const Buttons = ({ state, doing }: { readonly state: State; readonly doing: Doing }) => {
  const { commands, show } = doing
  const cancel = () => void show(commands.cancel.mutateAsync({}))
  const install = async () => {
    if (await askInstall(state)) await show(commands.install.mutateAsync({ when: 'now' }))
  }
  if (state.status === 'no-feed' || state.status === 'installing') return null
  if (state.status === 'downloading') {
    return (
      <Button variant="default" onClick={cancel}>
        Stop the download
      </Button>
    )
  }
  if (state.status === 'ready') {
    return (
      <>
        <Button loading={commands.install.isPending} onClick={() => void install()}>
          Install and start again
        </Button>
        {state.installAtQuit ? (
          <Button variant="default" onClick={cancel}>
            Do not install on closing
          </Button>
        ) : (
          <Button variant="default" onClick={() => void show(commands.install.mutateAsync({ when: 'quit' }))}>
            Install when I close Counterfoil
          </Button>
        )}
      </>
    )
  }
  return (
    <>
      {state.status === 'available' && (
        <Button onClick={() => void show(commands.download.mutateAsync({}))}>Download version {state.version}</Button>
      )}
      <Button
        variant="default"
        loading={commands.check.isPending || state.status === 'checking'}
        onClick={() => void show(commands.check.mutateAsync({}))}
      >
        Check for a new version
      </Button>
    </>
  )
}

/** New versions of the program; nothing where the host cannot put one in its own place. */
export const UpdatesCard = () => {
  const doing = useUpdates()
  const formats = useFormats()
  const state = doing.query.data
  if (state === undefined || state.status === 'unavailable') return null
  return (
    <FormSection
      title="New versions"
      hint="Signed by the makers of Counterfoil and verified before anything is installed."
    >
      <div aria-live="polite" className={classes['exported']}>
        <p>{sentence(state, formats)}</p>
        {state.notes !== null && state.notes !== '' && <p className={classes['quiet']}>{state.notes}</p>}
        {state.problem !== null && <p role="alert">{state.problem}</p>}
        {state.checkedAt !== null && (
          <p className={classes['quiet']}>Last checked {formats.instant(state.checkedAt)}.</p>
        )}
      </div>
      {state.status === 'downloading' && (
        <Progress
          aria-label="Downloaded so far"
          value={(100 * state.receivedBytes) / Math.max(1, state.sizeBytes ?? 1)}
          size="sm"
        />
      )}
      <div className={classes['row-of-buttons']}>
        <MayCall call="updates.install">
          <Buttons state={state} doing={doing} />
        </MayCall>
      </div>
    </FormSection>
  )
}
