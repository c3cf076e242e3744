import type { Features } from './context.ts'

type FeatureHandlers = Readonly<Record<string, unknown>>

/** The handlers of all features, each of which is read at its first call. */
export type HandlerTable = {
  /** The handler of a procedure by its wire name, if its feature was called before. */
  readonly known: (name: string) => unknown
  /** The handler of a procedure, whose feature is read first; undefined where no feature of the core has one. */
  readonly find: (name: string) => Promise<unknown>
}

/** Makes the table of the handlers: every name of the contract has one of the kind it asks for, or nothing compiles. */
export const createHandlerTable = (features: Features): HandlerTable => {
  // `Features` holds by each name what has the handlers under that name.
  const places = new Map<string, () => Promise<Readonly<Record<string, FeatureHandlers>>>>(Object.entries(features))
  const read = new Map<string, unknown>()
  return {
    known: (name) => read.get(name),
    find: async (name) => {
      const feature = name.split('.', 1)[0] ?? ''
      const handlers = (await places.get(feature)?.())?.[feature] ?? {}
      for (const [procedure, handler] of Object.entries(handlers)) read.set(`${feature}.${procedure}`, handler)
      return read.get(name)
    },
  }
}
