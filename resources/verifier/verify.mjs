#!/usr/bin/env node
// Checks a record that Counterfoil exported (record.jsonl), with nothing but Node 18 or newer:
//   node verify.mjs record.jsonl [--head HASH] [--key BASE64]
// --head  a head known from elsewhere, such as a printed or mailed daily root: without one a cut-off end cannot be seen
// --key   the public key of the device, known from elsewhere: without it whoever holds all of the file could sign it anew
// It prints what it found as JSON and ends with 1 when something is wrong. It imports nothing of Counterfoil.
import { createHash, createPublicKey, verify as verifySignature } from 'node:crypto'
import { createReadStream } from 'node:fs'

const canonical = (value) => {
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`
  const keys = Object.keys(value).sort()
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`
}
const sha256 = (...parts) => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest('hex')
}
const keyOf = (base64) => {
  try {
    return createPublicKey({ key: Buffer.from(base64, 'base64'), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

const readArguments = () => {
  const [file, ...rest] = process.argv.slice(2)
  const options = { file, head: null, key: null }
  for (let at = 0; at < rest.length; at += 2) {
    const name = rest[at]
    if ((name !== '--head' && name !== '--key') || rest[at + 1] === undefined)
      throw new Error(`"${name}" is not understood.`)
    // As it was printed: in groups.
    options[name.slice(2)] = rest[at + 1].replace(/\s/g, '')
  }
  if (file === undefined) throw new Error('Name the file: node verify.mjs record.jsonl [--head HASH] [--key BASE64]')
  return options
}

const options = (() => {
  try {
    return readArguments()
  } catch (error) {
    process.stderr.write(`${error.message}\n`)
    process.exit(2)
  }
})()

const problems = []
const found = {
  entries: 0,
  shown: 0,
  changes: 0,
  documents: 0,
  erased: 0,
  events: 0,
  devices: {},
  keys: [],
  checkpoint: null,
  head: null,
}
const hashes = new Set()
const issued = new Set()
// By device: where its chain goes on after what was past its time; and the days of which only the root is left.
let cuts = new Map()
const goneRoots = new Map()
// Security events: the hashes that the signed entries say they have, and those that are there.
const signedEvents = []
let event = { seq: 0, hash: '0'.repeat(64) }
let badEvent = null
let place = null
let chain = null
let effect = null
let ended = null
let lineNumber = 0

const say = (kind, text) =>
  problems.push({ entry: place?.seq ?? null, device: place?.device ?? null, line: lineNumber, kind, text })

const finishEffect = () => {
  if (effect === null) return
  if (effect.hash.digest('hex') !== effect.expected) {
    say('effect', `What command ${place.command} did is not what entry ${place.seq} says.`)
  }
  for (const it of effect.missing) say('document', `The document ${it} was issued, but is not in the file.`)
  effect = null
}

const onEntry = (entry, isShown) => {
  finishEffect()
  const before = chain !== null && chain.device === entry.device ? chain : (cuts.get(entry.device) ?? null)
  if (before !== null && before !== chain) found.keys.push(before.publicKey)
  place = entry
  found.entries += 1
  if (entry.seq !== (before?.seq ?? 0) + 1) say('order', `Entries before ${entry.seq} are missing or out of order.`)
  if (entry.previous !== (before?.hash ?? null)) {
    say(
      'order',
      `Entry ${entry.seq} does not follow on the entry before it: one was changed, moved, removed or put in.`,
    )
  }
  const { at, command, device, effect: effectHash, format, kind, previous, seq } = entry
  const hash = sha256(canonical({ at, command, device, effect: effectHash, format, kind, previous, seq }))
  if (hash !== entry.hash) say('changed', `Entry ${seq} was changed: its hash does not fit.`)
  let key = before?.key ?? null
  if (entry.body !== null) {
    if (sha256(`${entry.body}\n`) !== effectHash) say('changed', `What entry ${seq} says was changed.`)
    const { publicKey, events } = JSON.parse(entry.body)
    if (events !== undefined) signedEvents.push(events)
    if (kind !== 'checkpoint') {
      key = keyOf(publicKey)
      found.keys.push(publicKey)
    } else if (publicKey !== found.keys.at(-1)) {
      say('signature', `The checkpoint of entry ${seq} is not of its device.`)
    }
  }
  const signed = Buffer.from(`counterfoil record 1\n${entry.hash}`)
  if (key === null || !verifySignature(null, signed, key, Buffer.from(entry.signature, 'base64'))) {
    say('signature', `The signature of entry ${seq} is not of its device.`)
  }
  hashes.add(entry.hash)
  found.devices[device] = { seq, hash: entry.hash, at }
  chain = { device, seq, hash: entry.hash, key }
  if (isShown) {
    effect = { expected: effectHash, hash: createHash('sha256'), missing: new Set() }
    found.shown += 1
  }
}

// A record may begin at its newest checkpoint and nowhere else; that the checkpoint is whole is seen when it is reached.
const readCheckpoints = async () => {
  let newest = null
  for await (const text of linesOf(options.file)) {
    if (!text.includes('"kind":"checkpoint"')) continue
    try {
      const { entry } = JSON.parse(text)
      if (entry?.kind !== 'checkpoint') continue
      const { cut, roots } = JSON.parse(entry.body)
      for (const { at, hash } of roots) goneRoots.set(hash, at)
      if (newest === null || cut.command > newest.cut.command) newest = { cut, seq: entry.seq, at: entry.at }
    } catch {
      // Said when the line is reached.
    }
  }
  if (newest === null) return
  const { at, entries, changes, devices } = newest.cut
  found.checkpoint = { entry: newest.seq, madeAt: newest.at, removedUntil: at, entries, changes }
  cuts = new Map(
    devices.map(({ device, seq, hash, publicKey }) => [
      device,
      { device, seq, hash, key: keyOf(publicKey), publicKey },
    ]),
  )
}

const addLine = (line) => {
  if (effect === null) return say('effect', 'Something stands here that belongs to no entry.')
  effect.hash.update(`${canonical(line)}\n`)
}

const commitment = (it, personal) =>
  it.salt === null ? it.commitment : sha256(Buffer.from(it.salt, 'hex'), canonical(personal))

const onCommand = (command) => {
  if (command.command !== place.command || command.device !== place.device || command.at !== place.at) {
    say('effect', `Entry ${place.seq} is not of command ${command.command}.`)
  }
  addLine(command)
}

const onChange = (it) => {
  found.changes += 1
  const { action, new: now, old, organization, row, seq, table } = it
  const personal = it.personal === null ? null : commitment(it, it.personal)
  if (it.personal !== null && it.salt === null) found.erased += 1
  addLine({ action, new: now, old, organization, personal, row, seq, table })
  if (
    action === 'update' &&
    typeof now.issued_at === 'string' &&
    ['invoices', 'quotes', 'credit_notes'].includes(table)
  ) {
    effect?.missing.add(`${table}/${row}`)
  }
}

const onDocument = (it) => {
  found.documents += 1
  effect?.missing.delete(`${it.table}/${it.row}`)
  issued.add(`${it.table}/${it.row}`)
  // Set back by a restore since: what it said is gone, that it was issued stands in the chain.
  const isWithdrawn = it.withdrawn === true && it.content === null
  const hash = isWithdrawn ? it.hash : sha256(canonical({ content: it.content, personal: commitment(it, it.person) }))
  if (hash !== it.hash) say('document', `The document ${it.table}/${it.row} is not what was issued.`)
  addLine({ document: it.table, hash: it.hash, row: it.row })
}

const events = []
// Of other businesses, and for who may not see them, only that there is one.
const onEvent = (it) => {
  finishEffect()
  events.push(it)
  found.events += 1
  const { seq, told } = it
  const bad = (text) => {
    badEvent ??= { seq, text }
  }
  if (seq !== event.seq + 1) bad(`Security events before ${seq} are missing or out of order.`)
  else if (it.previous !== event.hash) bad(`Security event ${seq} does not follow on the one before it.`)
  else if (told !== null) {
    const { at, organization, user, device, kind, data } = told
    const hash = sha256(it.previous, JSON.stringify([seq, at, organization, user, device, kind, data]))
    if (hash !== it.hash) bad(`Security event ${seq} was changed: its hash does not fit.`)
  }
  event = it
}

// Where the signed entries went back, a restore goes on: its event says so itself.
const expectEvents = () => {
  const expected = new Map()
  let last = 0
  const doubt = (seq) => {
    if (badEvent === null || seq < badEvent.seq) {
      badEvent = { seq, text: `Security event ${seq} is not the one that was signed, or it is missing.` }
    }
  }
  for (const { seq, hashes } of signedEvents) {
    const it = events[seq - 1]
    const newest = hashes.at(-1)
    if ((expected.get(seq) ?? newest) !== newest && it?.hash === newest && it.told?.kind === 'restored') {
      for (let gone = seq; gone <= last; gone += 1) expected.delete(gone)
      last = seq
    }
    for (const [index, hash] of hashes.entries()) {
      const at = seq - hashes.length + 1 + index
      if (expected.has(at) && expected.get(at) !== hash) doubt(at)
      else expected.set(at, hash)
    }
    last = Math.max(last, seq)
  }
  for (const [seq, hash] of expected) if (events[seq - 1]?.seq !== seq || events[seq - 1].hash !== hash) doubt(seq)
  if (last > 0 && events.length > last) doubt(last + 1)
}

const onLine = (text) => {
  const line = JSON.parse(text)
  if (ended !== null) return say('order', 'Something stands after the end.')
  if (line.entry !== undefined) return onEntry(line.entry, line.shown)
  if (line.command !== undefined) return onCommand(line.command)
  if (line.change !== undefined) return onChange(line.change)
  if (line.document !== undefined) return onDocument(line.document)
  if (line.erased !== undefined) {
    return addLine({ erased: line.erased.table, fate: line.erased.fate, row: line.erased.row })
  }
  if (line.event !== undefined) return onEvent(line.event)
  if (line.end !== undefined) {
    finishEffect()
    ended = line.end
    return undefined
  }
  return say('order', 'A line that is not known.')
}

// By hand: the reader of lines that Node has also ends a line where a text holds another separator.
async function* linesOf(file) {
  let rest = ''
  for await (const chunk of createReadStream(file, 'utf8')) {
    const lines = (rest + chunk).split('\n')
    rest = lines.pop()
    yield* lines
  }
  if (rest !== '') yield rest
}

try {
  await readCheckpoints()
  for await (const text of linesOf(options.file)) {
    lineNumber += 1
    if (text === '') continue
    try {
      if (lineNumber > 1) onLine(text)
      else if (JSON.parse(text).format !== 'counterfoil-record') throw new Error('This is no record of Counterfoil.')
    } catch (error) {
      say('changed', `Line ${lineNumber} cannot be read: ${error.message}`)
      if (lineNumber === 1) break
    }
  }
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exit(2)
}
finishEffect()
place = null
if (ended === null) say('head', `The file ends after entry ${chain?.seq ?? 0} without saying so: its end was cut off.`)
else if (ended.entries !== found.entries || ended.head !== (chain?.hash ?? null)) {
  say('head', `The file says that it holds ${ended.entries} entries, ${found.entries} are there.`)
}
// A record of before these were part of it signs none and holds none.
expectEvents()
if (badEvent !== null) {
  problems.push({ entry: null, device: null, line: null, kind: 'event', event: badEvent.seq, text: badEvent.text })
}
const known = options.head?.toLowerCase() ?? null
if (known !== null && goneRoots.has(known)) found.head = `of ${goneRoots.get(known)}: held by a checkpoint`
else if (known !== null && !hashes.has(known)) {
  say(
    'head',
    `The known head is not in the file: what came after entry ${chain?.seq ?? 0} was cut off, or this is another record.`,
  )
}
if (options.key !== null && found.keys[0] !== options.key)
  say('signature', 'The record begins with another key than the known one.')

process.stdout.write(
  `${JSON.stringify({ ok: problems.length === 0, ...found, first: problems[0] ?? null, problems: problems.slice(0, 50) }, null, 2)}\n`,
)
process.exitCode = problems.length === 0 ? 0 : 1
