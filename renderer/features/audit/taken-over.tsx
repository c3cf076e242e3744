import { Button } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { describeError } from '../../app/errors.ts'
import { useMayCall } from '../../app/me.ts'
import { useWorkspace } from '../../app/organization.ts'
import { type ApiOutput, useCommand } from '../../app/queries.ts'
import { confirmAct } from '../../ui/confirm.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { showToast } from '../../ui/toast.tsx'
import classes from './proof.module.css'

type Result = ApiOutput<'audit', 'verify'>
type Takeover = Result['takeovers'][number]

/** Whether all that is wrong is a key which took over without the one before it: nothing else speaks against the record. */
export const isOnlyTakenOver = ({ ok, problems }: Result): boolean =>
  !ok && problems.every(({ kind }) => kind === 'takeover')

const Taken = ({ taken, onConfirmed }: { readonly taken: Takeover; readonly onConfirmed: () => void }) => {
  const formats = useFormats()
  const confirmation = useCommand('audit', 'confirmKeyLoss')
  const isOwner = useWorkspace().data?.ownsWorkstation === true
  const isAllowed = useMayCall()('audit.confirmKeyLoss') && isOwner
  const { deviceId, seq, publicKey } = taken
  const since = formats.instant(taken.at)
  const confirm = async () => {
    const question = {
      title: 'Confirm that the earlier key was lost?',
      body: `From entry ${seq} of ${since} on another key signs. That you confirm it goes on record as a security event. The check here then shows the record as whole, and says this first; a check outside of the app goes on asking for the keys.`,
      verb: 'Confirm the loss',
    }
    if (!(await confirmAct(question))) return
    try {
      await confirmation.mutateAsync({ deviceId, seq, publicKey })
      onConfirmed()
    } catch (thrown) {
      showToast({ message: describeError(thrown).message, tone: 'problem' })
    }
  }
  return (
    <>
      <h4>
        <IconAlertTriangle size={17} aria-hidden="true" /> The record is whole, but signed with another key since{' '}
        {since} (entry {seq}).
      </h4>
      <p>
        The key that signed before did not hand over to it. That is so when the data was brought to another computer
        then, or the file with the key was lost. If neither was the case, somebody may have signed the record anew from
        there on: compare it with a root that you printed or mailed before that day.
      </p>
      {isAllowed ? (
        <div>
          <Button variant="default" loading={confirmation.isPending} onClick={() => void confirm()}>
            The key was lost then
          </Button>
        </div>
      ) : (
        <p>An owner of this workstation can confirm that the key was lost then.</p>
      )}
    </>
  )
}

type Props = { readonly takeovers: readonly Takeover[]; readonly onConfirmed: () => void }

/** A record that is whole but for its keys: what that means, and what to do. */
export const TakenOver = ({ takeovers, onConfirmed }: Props) => (
  <div className={classes['unsure']}>
    {takeovers
      .filter(({ confirmedAt }) => confirmedAt === null)
      .map((taken) => (
        <Taken key={`${taken.deviceId} ${taken.seq}`} taken={taken} onConfirmed={onConfirmed} />
      ))}
  </div>
)
