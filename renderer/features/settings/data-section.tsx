import { Button } from '@mantine/core'
import { IconCircleCheck } from '@tabler/icons-react'
import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { api } from '../../api.ts'
import { describeError } from '../../app/errors.ts'
import { MayCall } from '../../app/may.tsx'
import { useMayCall } from '../../app/me.ts'
import { useWorkspace } from '../../app/organization.ts'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { ErrorPanel } from '../../ui/error-panel.tsx'
import { FormSection } from '../../ui/form.tsx'
import { showToast } from '../../ui/toast.tsx'
import { Erasures } from './erasures.tsx'
import classes from './settings.module.css'
import { UpdatesCard } from './updates-card.tsx'
import { WholeExport } from './whole-export.tsx'

type Checked = ApiOutput<'integrity', 'check'>

const Result = ({ result, onRebuild }: { readonly result: Checked; readonly onRebuild: (() => void) | null }) => {
  if (result.differences.length === 0) {
    return (
      <p className={classes['sound']}>
        <IconCircleCheck size={17} aria-hidden="true" /> {result.checked} figures computed anew: all agree.
      </p>
    )
  }
  return (
    <div className={classes['differences']}>
      <p>
        {result.differences.length} of {result.checked} figures differ from the documents they come from. The documents
        themselves are untouched.
      </p>
      <ul>
        {result.differences.slice(0, 20).map((difference) => (
          <li key={difference}>{difference}</li>
        ))}
      </ul>
      {onRebuild !== null && (
        <Button variant="default" onClick={onRebuild}>
          Compute them anew
        </Button>
      )}
    </div>
  )
}

const RecordLink = () => (
  <FormSection title="Record" hint="Who changed or read what, and the proof that nobody tampered with it.">
    <div>
      <Button variant="default" renderRoot={(props) => <Link to="/record" {...props} />}>
        Open the record
      </Button>
    </div>
  </FormSection>
)

const Integrity = () => {
  const rebuild = useCommand('integrity', 'rebuild')
  const mayRepair = useMayCall()('integrity.rebuild')
  const [state, setState] = useState<{ busy: boolean; result?: Checked; problem?: unknown }>({ busy: false })
  const check = async () => {
    setState({ busy: true })
    try {
      setState({ busy: false, result: await api.integrity.check({}) })
    } catch (thrown) {
      setState({ busy: false, problem: thrown })
    }
  }
  const repair = async () => {
    try {
      const { rebuilt } = await rebuild.mutateAsync({})
      showToast({ message: `${rebuilt} figures computed anew.` })
      await check()
    } catch (thrown) {
      setState({ busy: false, problem: thrown })
    }
  }
  return (
    <FormSection title="Integrity check" hint="Proves that balances and totals equal the documents they come from.">
      <div>
        <Button variant="default" loading={state.busy || rebuild.isPending} onClick={() => void check()}>
          Check now
        </Button>
      </div>
      <div aria-live="polite">
        {state.result !== undefined && (
          <Result result={state.result} onRebuild={mayRepair ? () => void repair() : null} />
        )}
        {state.problem !== undefined && <ErrorPanel {...describeError(state.problem)} />}
      </div>
    </FormSection>
  )
}

const Demo = () => {
  const workspace = useWorkspace()
  const navigate = useNavigate()
  const remove = useCommand('setup', 'removeDemo')
  const demo = workspace.data?.organizations.find((it) => it.isDemo)
  const ask = async () => {
    const yes = await confirmAct({
      title: 'Remove the demo company?',
      body: 'Its clients, invoices and payments go away. Your own organizations are not touched.',
      verb: 'Remove the demo company',
      cancel: 'Keep it',
      danger: true,
    })
    if (!yes) return
    try {
      await remove.mutateAsync({})
      await workspace.refetch()
      await navigate({ to: '/' })
      showToast({ message: 'The demo company is gone.' })
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <FormSection title="Demo data" hint="Made-up clients and invoices to look around in.">
      {demo === undefined ? (
        <p className={classes['quiet']}>There is no demo company here.</p>
      ) : (
        <div>
          <Button variant="outline" color="red" loading={remove.isPending} onClick={() => void ask()}>
            Remove the demo company
          </Button>
        </div>
      )}
    </FormSection>
  )
}

/** Where everything is kept, and whether it is sound. */
export const DataSection = () => {
  const { data } = useWorkspace()
  const navigate = useNavigate()
  return (
    <div>
      <FormSection title="Storage" hint="Nothing leaves this computer unless you send it.">
        <dl className={classes['facts']}>
          <div>
            <dt>Kept on</dt>
            <dd>{data?.deviceName ?? ''}, in one folder with the database and your files</dd>
          </div>
          <div>
            <dt>Folder</dt>
            <dd className={classes['path']}>{data?.directory ?? ''}</dd>
          </div>
          <div>
            <dt>Version</dt>
            <dd>Counterfoil {data?.appVersion ?? ''}</dd>
          </div>
          <div>
            <dt>Organizations</dt>
            <dd>{data?.organizations.map((it) => it.name).join(', ')}</dd>
          </div>
        </dl>
      </FormSection>
      <UpdatesCard />
      <FormSection title="Import" hint="Clients, items, invoices and payments from another product or a spreadsheet.">
        <div>
          <Button variant="default" onClick={() => void navigate({ to: '/import' })}>
            Import from a file
          </Button>
        </div>
      </FormSection>
      <MayCall call="dataExports.everything">
        <WholeExport />
      </MayCall>
      <Erasures />
      <Integrity />
      <RecordLink />
      <Demo />
    </div>
  )
}
