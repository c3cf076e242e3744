import { AppError } from '../../shared/errors.ts'
import { type Handlers, withPreparation } from '../rpc/context.ts'
import type { UpdateState } from '../updater/state.ts'
import { UpdateError } from '../updater/update-error.ts'

const inWords = async (work: Promise<UpdateState>): Promise<UpdateState> => {
  try {
    return await work
  } catch (error) {
    throw error instanceof UpdateError ? new AppError('INVALID_STATE', error.message) : error
  }
}

/** New versions of the program: what is known, and a person's word to fetch and install. */
export const updates: Handlers<'updates'> = {
  state: ({ engines }) => engines.updates.state(),
  // The network and the disk come before the transaction, which only records who did it.
  check: withPreparation({
    prepare: ({ engines }) => inWords(engines.updates.check()),
    run: (_context, _input, state) => Promise.resolve(state),
  }),
  download: withPreparation({
    prepare: ({ engines }) => inWords(engines.updates.download()),
    run: (_context, _input, state) => Promise.resolve(state),
  }),
  cancel: withPreparation({
    prepare: ({ engines }) => inWords(engines.updates.cancel()),
    run: (_context, _input, state) => Promise.resolve(state),
  }),
  install: withPreparation({
    prepare: ({ engines }, { when }) => inWords(engines.updates.install(when)),
    run: (_context, _input, state) => Promise.resolve(state),
  }),
}
