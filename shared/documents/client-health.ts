/** What is known of how a client pays: settled invoices of the last two years, and what is overdue now. */
export type PaymentHistory = {
  readonly settledCount: number
  /** Of the settled ones, those paid after their due date. */
  readonly lateCount: number
  /** Mean days after the due date over the settled ones; what came early counts as none. */
  readonly averageDaysLate: number
  readonly overdueCount: number
  /** Days of the invoice that is overdue longest; 0 where none is. */
  readonly oldestOverdueDays: number
  /** What is overdue, as a share of all that is open: 0 to 1. */
  readonly overdueShare: number
}

export const healthLevels = ['excellent', 'good', 'warning', 'at-risk', 'unknown'] as const
export type HealthLevel = (typeof healthLevels)[number]

export type HealthReason = {
  readonly rule: 'late-share' | 'days-late' | 'overdue-days' | 'overdue-share'
  /** Points taken from 100. */
  readonly points: number
  /** The figure behind it: a share in percent, or days. */
  readonly value: number
}

export type ClientHealth = {
  readonly level: HealthLevel
  /** 0 to 100; null where too little is known. */
  readonly score: number | null
  readonly reasons: readonly HealthReason[]
}

/** Fewer settled invoices than this say nothing about habits. */
export const leastSettled = 3

/** From which score on a level begins. */
export const healthThresholds = { excellent: 85, good: 65, warning: 40 } as const

const most = { lateShare: 35, daysLate: 25, overdueDays: 25, overdueShare: 15 } as const

/**
 * The health of a client by a published rule. It begins at 100 and loses up to 35 points for the share of invoices paid
 * late, up to 25 for the mean days late (one a day), up to 25 for the oldest overdue invoice (one for three days), and up
 * to 15 for the share of what is open that is overdue. 85 and more is excellent, 65 good, 40 a warning, less at risk.
 * With fewer than three settled invoices and nothing overdue it is unknown.
 */
export const clientHealthOf = (history: PaymentHistory): ClientHealth => {
  const known = history.settledCount >= leastSettled
  if (!known && history.overdueCount === 0) return { level: 'unknown', score: null, reasons: [] }
  const lateShare = history.settledCount === 0 ? 0 : history.lateCount / history.settledCount
  const daysLate = Math.max(0, history.averageDaysLate)
  const found: HealthReason[] = [
    {
      rule: 'late-share',
      points: known ? Math.round(lateShare * most.lateShare) : 0,
      value: Math.round(lateShare * 100),
    },
    {
      rule: 'days-late',
      points: known ? Math.min(most.daysLate, Math.round(daysLate)) : 0,
      value: Math.round(daysLate),
    },
    {
      rule: 'overdue-days',
      points: Math.min(most.overdueDays, Math.ceil(history.oldestOverdueDays / 3)),
      value: history.oldestOverdueDays,
    },
    {
      rule: 'overdue-share',
      points: history.overdueCount === 0 ? 0 : Math.round(history.overdueShare * most.overdueShare),
      value: Math.round(history.overdueShare * 100),
    },
  ]
  const reasons = found.filter(({ points }) => points > 0)
  const score = reasons.reduce((left, { points }) => left - points, 100)
  return { level: levelOf(score), score, reasons }
}

const levelOf = (score: number): HealthLevel => {
  if (score >= healthThresholds.excellent) return 'excellent'
  if (score >= healthThresholds.good) return 'good'
  return score >= healthThresholds.warning ? 'warning' : 'at-risk'
}
