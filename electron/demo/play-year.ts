import { todayIn } from '../../shared/dates.ts'
import type { Call } from '../rpc/pipeline.ts'
import { planCredits } from './plan-credits.ts'
import { invoiceSteps, planInvoices } from './plan-invoices.ts'
import { planPayments } from './plan-payments.ts'
import { planPeople } from './plan-people.ts'
import { planQuotes } from './plan-quotes.ts'
import { planRecurring } from './plan-recurring.ts'
import { createRandom } from './random.ts'
import { readScript } from './script.ts'
import { createStage, type Stage } from './stage.ts'
import { inOrder, type Step } from './steps.ts'

/** The year is the same whenever it is played; only its dates move with today. */
const seed = 20_260_417
const timezone = 'Europe/London'

const planYear = (now: string): Step[] => {
  const script = readScript()
  const today = todayIn(timezone, now)
  const random = createRandom(seed)
  const invoices = planInvoices(script, today, random)
  return inOrder(
    [
      ...planPeople(script, today),
      ...invoices.flatMap(invoiceSteps),
      ...planPayments(invoices, script.clients, today, random),
      ...planCredits(invoices, today),
      ...planQuotes(script, today),
      ...planRecurring(script, today),
    ],
    now,
  )
}

const play = async (stage: Stage, steps: readonly Step[]): Promise<string> => {
  for (const step of steps) {
    stage.at(step.at)
    await step.play(stage)
  }
  const { id } = await stage.call('organizations', 'get', {})
  return id
}

/** Plays the demo company on a clock of its own that ends at `now`; its organization's id. Half a demo is taken away. */
export const playYear = async (call: Call, now: string): Promise<string> => {
  const stage = createStage(call, now)
  try {
    return await play(stage, planYear(now))
  } catch (error) {
    // Half a demo would look like a business that went wrong.
    stage.at(now)
    await stage.call('setup', 'removeDemo', {})
    throw error
  }
}
