import {
  type Icon,
  IconAlertTriangle,
  IconCircleCheck,
  IconEyeOff,
  IconHelpCircle,
  IconMinus,
  IconPoint,
} from '@tabler/icons-react'
import type { BankStatement } from '../../../shared/contract/bank.ts'
import type { AsideReason } from '../../../shared/contract/bank-transactions.ts'
import type { Tone } from '../../ui/status-chip.tsx'

export type Look = { readonly label: string; readonly tone: Tone; readonly icon: Icon }

/** How sure a proposal is, in words. */
export const scoreLook = (score: number): Look =>
  score >= 80
    ? { label: 'Sure', tone: 'positive', icon: IconCircleCheck }
    : score >= 60
      ? { label: 'Likely', tone: 'accent', icon: IconPoint }
      : { label: 'Possible', tone: 'caution', icon: IconHelpCircle }

export const matchedLook: Look = { label: 'Matched', tone: 'positive', icon: IconCircleCheck }
export const ignoredLook: Look = { label: 'Set aside', tone: 'neutral', icon: IconEyeOff }

/** Why a line is no payment of a client. */
export const asideTitles: Readonly<Record<AsideReason, string>> = {
  fee: 'Bank fee',
  transfer: 'Transfer between own accounts',
  expense: 'Expense',
  tax: 'Tax',
  private: 'Private',
  other: 'Something else',
}

/** Whether opening + sum = closing, in words. */
export const checkLooks: Readonly<Record<BankStatement['check'], Look>> = {
  ok: { label: 'Adds up', tone: 'positive', icon: IconCircleCheck },
  wrong: { label: 'Does not add up', tone: 'negative', icon: IconAlertTriangle },
  unchecked: { label: 'No balances', tone: 'neutral', icon: IconMinus },
}
