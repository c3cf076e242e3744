import type { AccessState } from '../../shared/contract/access.ts'
import { AppError } from '../../shared/errors.ts'
import type { Gate } from '../gate/gate.ts'

const passwordVariable = 'COUNTERFOIL_PASSWORD'

const chosen = ({ people }: AccessState, name: string | undefined) => {
  const wanted = name?.toLowerCase()
  const found = people.filter((person) => wanted === undefined || person.name.toLowerCase() === wanted)
  if (found.length === 1) return found[0]
  const names = people.map((person) => person.name).join(', ')
  throw new AppError('LOCKED', `Say who you are with --user: ${names}. The password comes from ${passwordVariable}.`)
}

/** Signs in whoever calls from a terminal, where anybody has a password; AppError LOCKED says what is missing. */
export const signInFromTerminal = async (gate: Gate, name: string | undefined): Promise<void> => {
  await gate.ready
  const call = (procedure: string, input: unknown) =>
    gate.call(procedure, { organizationId: null, idempotencyKey: null, input })
  // The gate checked the answer against the contract's output schema.
  const state = (await call('access.state', {})) as AccessState
  // Locked, it is the key file that is gone: the password puts it back.
  if (state.problem !== null && state.phase !== 'locked') throw new AppError(state.problem.code, state.problem.message)
  if (!state.guarded || state.person !== null) return
  const person = chosen(state, name)
  // An argument would stand in the list of processes for everybody to read.
  const password = process.env[passwordVariable]
  if (password === undefined)
    throw new AppError('LOCKED', `Set ${passwordVariable} to the password of ${person?.name}.`)
  const { next } = (await call('access.signIn', { userId: person?.id, password })) as { readonly next: string }
  if (next === 'code') {
    throw new AppError('LOCKED', 'This person uses one-time codes, which a terminal cannot ask for. Use the app.')
  }
}
