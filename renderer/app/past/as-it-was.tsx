import { Tooltip, UnstyledButton } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useFormats } from '../../ui/locale.tsx'
import { useMay } from '../me.ts'
import classes from './past.module.css'
import { askForMoment } from './past-state.ts'

/** Leads from an entry of a timeline to the page as it was right after it; nothing for whoever may not look back. */
export const AsItWas = ({ at }: { readonly at: string }) => {
  const formats = useFormats()
  if (!useMay()('audit.read')) return null
  return (
    <Tooltip label="As it was at this moment">
      <UnstyledButton
        className={classes['then']}
        aria-label={`As it was at this moment, ${formats.instant(at)}`}
        onClick={() => askForMoment(at)}
      >
        <IconHistory size={14} aria-hidden="true" />
      </UnstyledButton>
    </Tooltip>
  )
}
