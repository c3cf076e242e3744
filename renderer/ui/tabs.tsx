import type { ReactNode } from 'react'
import classes from './tabs.module.css'

export type Tab<T extends string> = { readonly value: T; readonly label: string; readonly count?: number | undefined }

type Props<T extends string> = {
  readonly label: string
  readonly tabs: readonly Tab<T>[]
  readonly value: T
  readonly onChange: (value: T) => void
  readonly children?: ReactNode
}

/** A row of filters or views, one of which is on: buttons, as what they change is the list below. */
export const FilterTabs = <T extends string>({ label, tabs, value, onChange, children }: Props<T>) => (
  <fieldset aria-label={label} className={classes['tabs']}>
    {tabs.map((tab) => (
      <button
        key={tab.value}
        type="button"
        className={classes['tab']}
        aria-pressed={tab.value === value}
        onClick={() => onChange(tab.value)}
      >
        {tab.label}
        {tab.count !== undefined && <span className={classes['count']}>{tab.count}</span>}
      </button>
    ))}
    {children}
  </fieldset>
)
