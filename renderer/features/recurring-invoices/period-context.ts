import { createContext, useContext } from 'react'

/** The days that the next invoice of the schedule stands for; null where there is none. */
export const PeriodContext = createContext<{ readonly from: string; readonly to: string } | null>(null)

/** The period of the next invoice, for what previews it. */
export const usePeriod = () => useContext(PeriodContext)
