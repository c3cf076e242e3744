import { ActionIcon, Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { memo, useState } from 'react'
import type { Rounding, Step } from '../../../shared/documents/model.ts'
import { Amount } from '../../ui/amount.tsx'
import { stepsTo } from './document-totals.ts'
import { useContent, useEditor } from './editor-context.ts'
import classes from './totals-block.module.css'

const Steps = ({ steps, currency }: { readonly steps: readonly Step[]; readonly currency: string }) => (
  <ol className={classes['steps']}>
    {steps.map((step) => (
      <li key={step.path}>
        <span className={classes['step-head']}>
          <strong>{step.label}</strong>
          <Amount value={step.resultE4} currency={currency} />
        </span>
        <span className={classes['formula']}>{step.formula}</span>
        {step.rule !== null && <span className={classes['rule']}>EN 16931 {step.rule}</span>}
      </li>
    ))}
  </ol>
)

type Props = {
  /** The total: `net`, `taxes.0`, `payable`. */
  readonly path: string
  readonly label: string
  readonly rounding: Rounding
}

const Explanation = ({ path, rounding }: Pick<Props, 'path' | 'rounding'>) => {
  const content = useContent((it) => it)
  return <Steps steps={stepsTo(content, rounding, path)} currency={content.currency} />
}

/** Says how a total came about, step by step. */
export const ExplainButton = memo(({ path, label, rounding }: Props) => {
  const [open, setOpen] = useState(false)
  const { organization } = useEditor()
  return (
    <Popover opened={open} onChange={setOpen} position="left-start" width={360} trapFocus returnFocus>
      <Popover.Target>
        <ActionIcon
          size={24}
          aria-label={`Explain ${label}`}
          aria-expanded={open}
          className={classes['explain']}
          onClick={() => setOpen(!open)}
        >
          <IconInfoCircle size={14} />
        </ActionIcon>
      </Popover.Target>
      <Popover.Dropdown aria-label={`How ${label} came about`} lang={organization.language}>
        {open && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: long sums scroll, which needs a stop of the keyboard
          <div className={classes['explanation']} tabIndex={0}>
            <Explanation path={path} rounding={rounding} />
          </div>
        )}
      </Popover.Dropdown>
    </Popover>
  )
})
