import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { findProcedure } from '../shared/contract/slices.ts'
import { AppError } from '../shared/errors.ts'
import { withFile, withoutBytes } from './cli/bytes-fields.ts'
import { fromPlainJson, toPlainJson } from './cli/scaled-json.ts'
import { signInFromTerminal } from './cli/sign-in.ts'
import { dataDirectory } from './data-directory.ts'
import type { Gate } from './gate/gate.ts'
import { ensureDemo, startGate } from './start-core.ts'

const usage = `Any procedure of Counterfoil from a terminal: JSON in, JSON out.

  cli [--data DIR] call NAME [JSON]   calls a procedure; "-" reads the JSON from standard input
  cli procedures [PREFIX]             lists procedures with their kind, permission and JSON schemas
  cli [--data DIR] demo               makes the demo company if there is none
  cli verify [DIR]                    checks the record; exit code 1 and the first bad entry if something is wrong

  --data DIR          the data folder (default: this user's)
  --organization ID   where the call acts (default: the first organization)
  --key KEY           idempotency key: the same call with the same key happens once; for verify a public key that is known
                      from a printed or mailed root, as often as there are: only what these signed counts then
  --user NAME         who you are, where there are passwords; the password comes from COUNTERFOIL_PASSWORD
  --head HASH         a head of the record known from elsewhere, for verify
  --in FILE           puts a file's bytes into the field that takes bytes
  --out FILE          writes the answer's bytes to a file

Amounts are decimal strings both ways ("12.50"). Errors are JSON on standard error, with exit code 1.
`

const readCommandLine = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        data: { type: 'string' },
        organization: { type: 'string' },
        key: { type: 'string', multiple: true },
        user: { type: 'string' },
        head: { type: 'string' },
        in: { type: 'string' },
        out: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    })
  } catch (error) {
    throw new AppError('VALIDATION', error instanceof Error ? error.message : String(error))
  }
}

type CommandLine = ReturnType<typeof readCommandLine>

const print = (value: unknown) => process.stdout.write(`${JSON.stringify(value, null, 2)}\n`)

const readJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new AppError('VALIDATION', `The input is not JSON: ${error instanceof Error ? error.message : String(error)}`)
  }
}

const firstOrganization = async (gate: Gate): Promise<string | null> => {
  // The pipeline checked the answer against the contract's output schema.
  const state = (await gate.call('setup.state', { organizationId: null, idempotencyKey: null, input: {} })) as {
    readonly organizations: readonly { readonly id: string }[]
  }
  return state.organizations[0]?.id ?? null
}

const isStream = (answer: unknown): answer is AsyncIterable<unknown> =>
  typeof answer === 'object' && answer !== null && Symbol.asyncIterator in answer

const call = async (gate: Gate, { values, positionals }: CommandLine) => {
  const [, name = '', text = '{}'] = positionals
  const procedure = await findProcedure(name)
  if (procedure === undefined) {
    throw new AppError('NOT_FOUND', `There is no procedure "${name}". "cli procedures" lists them all.`)
  }
  const json = readJson(text === '-' ? readFileSync(0, 'utf8') : text)
  const written = fromPlainJson(procedure.input, json)
  const input = values.in === undefined ? written : withFile(procedure.input, written, values.in)
  const organizationId = values.organization ?? (await firstOrganization(gate))
  const interrupt = new AbortController()
  process.once('SIGINT', () => interrupt.abort())
  const envelope = { organizationId, idempotencyKey: values.key?.at(-1) ?? null, input }
  const answer = await gate.call(name, envelope, { signal: interrupt.signal })
  if (isStream(answer)) {
    for await (const value of answer) process.stdout.write(`${JSON.stringify(toPlainJson(procedure.output, value))}\n`)
    return
  }
  print(toPlainJson(procedure.output, values.out === undefined ? answer : withoutBytes(answer, values.out)))
}

// As they were printed: in groups.
const keysOf = ({ key = [] }: CommandLine['values']) => key.map((it) => it.replace(/\s/g, ''))

const verified = (result: { readonly ok: boolean }) => {
  print(result)
  if (!result.ok) process.exitCode = 1
}

// An encrypted database is read by the app itself, once somebody has signed in.
const verifyInside = async (gate: Gate, { values }: CommandLine) => {
  const organizationId = values.organization ?? (await firstOrganization(gate))
  const input = { head: values.head ?? null, keys: keysOf(values), strict: true }
  const envelope = { organizationId, idempotencyKey: null, input }
  // The pipeline checked the answer against the contract's output schema.
  verified((await gate.call('audit.verify', envelope)) as { readonly ok: boolean })
}

const run = async () => {
  const commandLine = readCommandLine()
  const [command, prefix] = commandLine.positionals
  if (commandLine.values.help || command === undefined) return process.stdout.write(usage)
  if (command === 'procedures') return print((await import('./cli/describe.ts')).describeProcedures(prefix))
  if (command !== 'call' && command !== 'demo' && command !== 'verify') {
    throw new AppError('VALIDATION', `There is no command "${command}". Known are: call, procedures, demo, verify.`)
  }
  const directory = dataDirectory(commandLine.values.data ?? (command === 'verify' ? prefix : undefined))
  if (command === 'verify') {
    const { verifyFolder } = await import('./cli/verify.ts')
    const result = await verifyFolder(directory, {
      head: commandLine.values.head ?? null,
      keys: keysOf(commandLine.values),
    })
    if (result !== null) return verified(result)
  }
  const gate = startGate('cli', directory)
  try {
    await signInFromTerminal(gate, commandLine.values.user)
    if (command === 'demo') await ensureDemo(gate)
    else if (command === 'verify') await verifyInside(gate, commandLine)
    else await call(gate, commandLine)
  } finally {
    await gate.close()
  }
}

// Whoever reads may have seen enough (`cli procedures | head`).
process.stdout.on('error', () => process.exit(0))

run().catch((error: unknown) => {
  const known = error instanceof AppError ? error : new AppError('UNEXPECTED', String(error))
  process.stderr.write(
    `${JSON.stringify(known.toJSON(), (_, value) => (typeof value === 'bigint' ? String(value) : value), 2)}\n`,
  )
  process.exitCode = 1
})
