import type { PastNews, PastView } from '../../../shared/contract/point-in-time.ts'
import { api, setAsOf, setPastCloser } from '../../api.ts'
import { showToast } from '../../ui/toast.tsx'
import { type Action, useActions } from '../actions.ts'
import { describeError } from '../errors.ts'
import { queryClient } from '../query-client.ts'
import { askForMoment, usePast } from './past-state.ts'

const forget = (id: string) =>
  queryClient.removeQueries({ predicate: ({ queryKey }) => queryKey.length === 5 && queryKey[4] === id })

const show = (view: PastView | null) => {
  const before = usePast.getState().view
  setAsOf(view?.id ?? null)
  usePast.setState({ view, asking: null })
  // After what showed it is gone: it would ask for it again.
  if (before !== null) setTimeout(() => forget(before.id), 0)
  return before
}

/** Shows the present again; what was made to look back is taken away. */
export const backToNow = async (): Promise<void> => {
  const before = show(null)
  if (before === null) return
  try {
    await api.pointInTime.close({ id: before.id })
  } catch (thrown) {
    showToast({ message: describeError(thrown).message, tone: 'problem' })
  }
}

/** What became of an attempt to look back: null where the window now shows the moment, or nobody waits for it. */
type Problem = { readonly message: string; readonly earliest: string | null }

/** Goes to a moment, telling how far it is; ends early by the signal. */
export const goToMoment = async (
  at: string,
  onStep: (step: Extract<PastNews, { kind: 'step' }>) => void,
  signal: AbortSignal,
): Promise<Problem | null> => {
  try {
    for await (const news of await api.pointInTime.open({ at }, { signal })) {
      if (signal.aborted) return null
      if (news.kind === 'step') onStep(news)
      if (news.kind === 'problem') return news
      if (news.kind === 'open') {
        const before = show(news.view)
        if (before !== null) void api.pointInTime.close({ id: before.id }).catch(() => undefined)
      }
    }
    return null
  } catch (thrown) {
    return signal.aborted ? null : { message: describeError(thrown).message, earliest: null }
  }
}

const ended = () => {
  if (usePast.getState().view === null) return
  show(null)
  showToast({ message: 'This look into the past has ended. You see the books as they are now.' })
}
setPastCloser(ended)

const lookBack: Action = {
  id: 'past.show',
  title: 'Show the books as of…',
  group: 'App',
  keywords: 'past moment date time machine point history back then ageing audit',
  calls: 'pointInTime.open',
  run: () => askForMoment(),
}
const comeBack: Action = {
  id: 'past.leave',
  title: 'Back to now',
  group: 'This page',
  keywords: 'present today leave past',
  calls: 'nothing',
  run: backToNow,
}
const atPresent = [lookBack]
const inThePast = [comeBack, lookBack]

/** The ways into the past and out of it, in the palette. */
export const usePastActions = (): void => useActions(usePast(({ view }) => view !== null) ? inThePast : atPresent)
