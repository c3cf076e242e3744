import { Button, UnstyledButton } from '@mantine/core'
import { IconArrowForwardUp, IconHistory } from '@tabler/icons-react'
import { useFormats } from '../../ui/locale.tsx'
import classes from './past.module.css'
import { askForMoment, usePast } from './past-state.ts'
import { backToNow } from './past-view.ts'

/** Says above every page that it shows the past, and which; one click leads back. */
export const PastBar = () => {
  const formats = useFormats()
  const view = usePast((state) => state.view)
  if (view === null) return null
  return (
    <aside className={classes['bar']} aria-label="The past">
      <IconHistory size={17} aria-hidden="true" />
      <p className={classes['words']} role="status">
        <strong>As of {formats.instant(view.at)}</strong>
        <span>
          {view.last === null ? 'Nothing had been done yet.' : `Last change ${formats.instant(view.last)}.`} Nothing can
          be changed here.
        </span>
        {view.differences > 0 && <span>Some sums did not add up then.</span>}
      </p>
      <UnstyledButton className={classes['other']} onClick={() => askForMoment()}>
        Another moment…
      </UnstyledButton>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconArrowForwardUp size={15} />}
        onClick={() => void backToNow()}
      >
        Back to now
      </Button>
    </aside>
  )
}
