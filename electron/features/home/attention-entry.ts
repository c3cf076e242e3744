import type { contract, Output } from '../../../shared/contract/index.ts'

/** One thing that asks for somebody today. */
export type Attention = Output<(typeof contract)['home']['summary']>['attention'][number]
