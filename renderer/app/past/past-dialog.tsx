import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog, DialogFooter } from '../../ui/dialog.tsx'
import { useFormats } from '../../ui/locale.tsx'
import { useWorkspace } from '../organization.ts'
import { type ApiOutput, useApiQuery } from '../queries.ts'
import { dayAndTime, instantOf, usualMoments } from './moments.ts'
import classes from './past.module.css'
import { stopAsking, usePast } from './past-state.ts'
import { TakingBack } from './taking-back.tsx'

type Reach = ApiOutput<'pointInTime', 'reach'>

const Reaches = ({ reach }: { readonly reach: Reach | undefined }) => {
  const formats = useFormats()
  if (reach === undefined) return <p className={classes['reach']}>Looking how far back the record reaches…</p>
  const since = formats.instant(reach.earliest)
  return (
    <p className={classes['reach']}>
      {reach.because === 'begun'
        ? `Everything is on record since this business was set up here, ${since}.`
        : `Everything is on record since ${since}; what was before cannot be shown.`}
    </p>
  )
}

type ChooserProps = { readonly reach: Reach | undefined; readonly onChoose: (at: string) => void }

const Chooser = ({ reach, onChoose }: ChooserProps) => {
  const today = useWorkspace().data?.today ?? ''
  const shown = usePast(({ view }) => view?.at)
  const organization = useApiQuery('organizations', 'get', {}).data
  const [chosen, setChosen] = useState(() => (shown === undefined ? { day: today, time: '00:00' } : dayAndTime(shown)))
  const at = chosen.time === '' ? null : instantOf(chosen.day, chosen.time)
  const isReached = (moment: string) => reach === undefined || (moment >= reach.earliest && moment <= reach.now)
  const usual = usualMoments(today, organization?.fiscalYearStart ?? '01-01').filter((it) => isReached(it.at))
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault()
        if (at !== null) onChoose(at)
      }}
    >
      <p>Every page, list and report shows what it showed then. Nothing is changed by it.</p>
      {usual.length > 0 && (
        <div className={classes['usual']}>
          {usual.map((moment) => (
            <Button key={moment.label} variant="default" size="compact-sm" onClick={() => onChoose(moment.at)}>
              {moment.label}
            </Button>
          ))}
        </div>
      )}
      <div className={classes['when']}>
        <DateField
          label="Day"
          data-autofocus
          today={today}
          value={chosen.day}
          onChange={(day) => day !== null && setChosen({ ...chosen, day })}
        />
        <TextInput
          label="Time"
          type="time"
          value={chosen.time}
          onChange={(event) => setChosen({ ...chosen, time: event.currentTarget.value })}
        />
      </div>
      <Reaches reach={reach} />
      <DialogFooter>
        <Button variant="default" onClick={stopAsking}>
          Cancel
        </Button>
        <Button type="submit" disabled={at === null}>
          Show
        </Button>
      </DialogFooter>
    </form>
  )
}

const Body = ({ given }: { readonly given: string | null }) => {
  const [going, setGoing] = useState(given)
  const reach = useApiQuery('pointInTime', 'reach', {}, { live: false }).data
  if (going !== null) return <TakingBack at={going} onChooseAgain={() => setGoing(null)} />
  return <Chooser reach={reach} onChoose={setGoing} />
}

/** Asks which moment to show, and makes it ready. */
export const PastDialog = () => {
  const asking = usePast((state) => state.asking)
  return (
    <Dialog open={asking !== null} onClose={stopAsking} title="Show the books as of…">
      {asking !== null && <Body given={asking.at} />}
    </Dialog>
  )
}
