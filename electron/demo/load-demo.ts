import type { Clock } from '../../shared/ids.ts'
import type { DemoLoader } from '../engines.ts'
import type { Call } from '../rpc/pipeline.ts'

/** Plays the demo company through the pipeline, on a clock of its own that ends at `clock.now()`. */
export const createDemoLoader = (call: Call, clock: Clock): DemoLoader => {
  let loading: Promise<string> | null = null
  const load = async (): Promise<string> => {
    // Most people never see the demo: its script is not read before.
    const { playYear } = await import('./play-year.ts')
    return await playYear(call, clock.now())
  }
  return {
    load: () => {
      loading ??= load().finally(() => {
        loading = null
      })
      return loading
    },
  }
}
