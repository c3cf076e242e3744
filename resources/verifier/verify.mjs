#!/usr/bin/env node
// Checks a record that Counterfoil exported (record.jsonl), with nothing but Node 18 or newer:
//   node verify.mjs record.jsonl [--head HASH] [--key BASE64]...
// --head  a head known from elsewhere, such as a printed or mailed daily root: without one a cut-off end cannot be seen
// --key   a public key of the device, known from elsewhere, as often as there are any: only what these signed counts then.
//         Without it whoever holds all of the file could sign it anew
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
  const options = { file, head: null, keys: [] }
  for (let at = 0; at < rest.length; at += 2) {
    const name = rest[at]
    if ((name !== '--head' && name !== '--key') || rest[at + 1] === undefined)
      throw new Error(`"${name}" is not understood.`)
    // As it was printed: in groups.
    const value = rest[at + 1].replace(/\s/g, '')
    if (name === '--head') options.head = value
    else options.keys.push(value)
  }
  if (file === undefined) throw new Error('Name the file: node verify.mjs record.jsonl [--head HASH] [--key BASE64]...')
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
const notes = []
const found = {
  entries: 0,
  shown: 0,
  // Commands that stand here as a hash alone: of other businesses, of the device itself, or without what an erasure took.
  hidden: {},
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
// By device the chain as far as it was read.
const current = new Map()
const goneRoots = new Map()
// Security events: the hashes that the signed entries say they have, and those that are there.
const signedEvents = []
let event = { seq: 0, hash: '0'.repeat(64) }
let badEvent = null
// What the file says of itself at its end, and whether whoever signs the record signs its files too.
const fileHash = createHash('sha256')
const hidden = new Map()
let signsFiles = false
// By row, table and id: what stands as erased, and what an erasure found; and documents that a restore took back.
const sealed = new Map()
const erased = new Map()
const withdrawn = []
let lastRestore = 0
const foreign = new Set()
let business = null
let place = null
let chain = null
let effect = null
let ended = null
let lineNumber = 0

const say = (kind, text) =>
  problems.push({
    entry: place?.seq ?? null,
    device: place?.device ?? null,
    line: place?.line ?? lineNumber,
    kind,
    text,
  })

const finishEffect = () => {
  if (effect === null) return
  if (effect.hash.digest('hex') !== effect.expected) {
    say('effect', `What command ${place.command} did is not what entry ${place.seq} says.`)
  }
  for (const it of effect.missing) say('document', `The document ${it} was issued, but is not in the file.`)
  effect = null
}

const isSigned = (text, key, signature) =>
  key !== null && verifySignature(null, Buffer.from(text), key, Buffer.from(signature ?? '', 'base64'))

const takeOver = ({ seq, at, previousKey, publicKey, entry = seq }) => {
  const words = `From entry ${entry} on another key signs, and the one before it did not hand over.`
  // Whatever another key signed is named by itself.
  if (options.keys.length > 0) return notes.unshift(words)
  say(
    'takeover',
    `${words} If the key of this device was lost on ${at.slice(0, 10)}, or the data was brought to another computer then, check against the keys you know: --key ${previousKey} --key ${publicKey} (printed roots and mailed roots name the key).`,
  )
}

// The key that an entry names signs from there on; the one before it vouches for it.
const keyAfter = (entry, before, { publicKey, handOver }) => {
  if (publicKey === before?.publicKey) return before
  if (!found.keys.includes(publicKey)) found.keys.push(publicKey)
  if (before !== null) {
    const text = `counterfoil hand-over 1\n${entry.previous}\n${publicKey}`
    if (handOver !== undefined && isSigned(text, before.key, handOver)) {
      notes.push(`From entry ${entry.seq} on the device signs with another key; the one before it handed over.`)
    } else takeOver({ ...entry, previousKey: before.publicKey, publicKey })
  }
  return { publicKey, key: keyOf(publicKey) }
}

// Entries one after the other are one range: 3,5-9.
const addHidden = ({ device, seq }) => {
  const ranges = hidden.get(device) ?? []
  hidden.set(device, ranges)
  const last = ranges.at(-1)
  if (last !== undefined && last[1] === seq - 1) last[1] = seq
  else ranges.push([seq, seq])
}
const rangesText = (ranges) => ranges.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',')

const onEntry = (entry, isShown) => {
  finishEffect()
  const before = chain !== null && chain.device === entry.device ? chain : (cuts.get(entry.device) ?? null)
  if (before !== null && !found.keys.includes(before.publicKey)) found.keys.push(before.publicKey)
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
  let signer = before
  if (entry.body !== null) {
    if (sha256(`${entry.body}\n`) !== effectHash) say('changed', `What entry ${seq} says was changed.`)
    const body = JSON.parse(entry.body)
    if (body.events !== undefined) signedEvents.push(body.events)
    if (body.files !== undefined) signsFiles = true
    if (kind !== 'checkpoint') signer = keyAfter(entry, before, body)
    else if (body.publicKey !== before?.publicKey) {
      say('signature', `The checkpoint of entry ${seq} is not of its device.`)
    }
  }
  const { key = null, publicKey = null } = signer ?? {}
  if (!isSigned(`counterfoil record 1\n${entry.hash}`, key, entry.signature)) {
    say('signature', `The signature of entry ${seq} is not of its device.`)
  }
  if (options.keys.length > 0 && !options.keys.includes(publicKey) && !foreign.has(device)) {
    foreign.add(device)
    say('key', `Entry ${seq} is signed by none of the keys that you named: it names ${publicKey}.`)
  }
  hashes.add(entry.hash)
  found.devices[device] = { seq, hash: entry.hash, at }
  chain = { device, seq, hash: entry.hash, key, publicKey }
  current.set(device, chain)
  if (!isShown && kind === 'command') addHidden(entry)
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
  const { at, entries, changes, devices, takeovers = [] } = newest.cut
  for (const it of takeovers) takeOver(it)
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
  if (command.procedure === 'recovery.restoreBusiness' && command.organization === business) {
    lastRestore = Math.max(lastRestore, command.command)
  }
  addLine(command)
}

const standsAsErased = ({ table, row }, isDocument = false) => {
  const name = `${table} ${row}${isDocument ? ' issued' : ''}`
  if (!sealed.has(name)) sealed.set(name, { name: `${table} ${row}`, isDocument, line: lineNumber, ...place })
}

const onChange = (it) => {
  found.changes += 1
  const { action, new: now, old, organization, row, seq, table } = it
  const personal = it.personal === null ? null : commitment(it, it.personal)
  if (it.personal !== null && it.salt === null) {
    found.erased += 1
    standsAsErased(it)
  }
  // The erasure of somebody who worked here names what it found itself.
  if (table === 'person_erasures' && now.found !== undefined) {
    for (const name of JSON.parse(now.found)) erased.set(name, 'erased')
  }
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
  if (isWithdrawn) withdrawn.push({ table: it.table, row: it.row, line: lineNumber, ...place })
  else if (it.salt === null) standsAsErased(it, true)
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

// What the device signed of the file when it was made; one that is not signed says so where the record says that it would be.
const onEnd = ({ end, signature }) => {
  ended = end
  place = null
  found.hidden = Object.fromEntries([...hidden].map(([device, ranges]) => [device, rangesText(ranges)]))
  if (end.lines === undefined) {
    if (signsFiles) {
      return say(
        'file',
        'This file is not signed, though its device signs what it saves: something may have been taken out.',
      )
    }
    const which = Object.values(found.hidden).join('; ') || 'none'
    return notes.unshift(
      `This file does not say what it shows: an earlier version made it. Commands that stand in it as a hash alone: entries ${which}. Who has the data can save it anew.`,
    )
  }
  for (const [device, ranges] of hidden) {
    const said = new Set((end.hidden[device] ?? '').split(','))
    const taken = ranges.find((range) => !said.has(rangesText([range])))
    if (taken === undefined) continue
    place = { device, seq: taken[0] }
    say(
      'file',
      `What entry ${rangesText([taken])} did was taken out of the file: when it was made, other entries were hidden.`,
    )
    place = null
  }
  if (end.lines !== fileHash.digest('hex') || end.shown !== found.shown) {
    say('file', 'This is not what stood in the file when it was made: something was changed, put in or taken out.')
  }
  const isOfDevice = [...current.values()].some(({ publicKey }) => publicKey === end.publicKey)
  if (!isOfDevice || !isSigned(`counterfoil file 1\n${sha256(canonical(end))}`, keyOf(end.publicKey), signature)) {
    return say('file', 'What the file says of itself at its end is not signed by the device.')
  }
  for (const name of end.erased) if (!erased.has(name)) erased.set(name, 'erased')
  lastRestore = Math.max(lastRestore, ...end.restores)
}

// As the app itself asks: only an erasure empties, only a restore takes back what was issued.
const checkGone = () => {
  for (const it of sealed.values()) {
    const fate = erased.get(it.name)
    if (it.isDocument ? fate === 'expired' : fate !== undefined) continue
    place = it
    say('erasure', `${it.name} stands as erased in entry ${it.seq}, but nobody erased it.`)
  }
  for (const it of withdrawn) {
    if (lastRestore > it.command) continue
    place = it
    say('document', `The document ${it.table}/${it.row} of entry ${it.seq} was set back by nobody.`)
  }
  place = null
}

const onLine = (text) => {
  const line = JSON.parse(text)
  if (ended !== null) return say('order', 'Something stands after the end.')
  if (line.entry !== undefined) return onEntry(line.entry, line.shown)
  if (line.command !== undefined) return onCommand(line.command)
  if (line.change !== undefined) return onChange(line.change)
  if (line.document !== undefined) return onDocument(line.document)
  if (line.erased !== undefined) {
    erased.set(`${line.erased.table} ${line.erased.row}`, line.erased.fate)
    return addLine({ erased: line.erased.table, fate: line.erased.fate, row: line.erased.row })
  }
  if (line.event !== undefined) return onEvent(line.event)
  if (line.end !== undefined) {
    finishEffect()
    return onEnd(line)
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
      else {
        const { format, organization } = JSON.parse(text)
        if (format !== 'counterfoil-record') throw new Error('This is no record of Counterfoil.')
        business = organization
      }
      if (ended === null) fileHash.update(`${text}\n`)
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
checkGone()
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
if (current.size > 1) notes.push(`${current.size} devices signed this record, each with a key of its own.`)

process.stdout.write(
  `${JSON.stringify({ ok: problems.length === 0, notes, ...found, first: problems[0] ?? null, problems: problems.slice(0, 50) }, null, 2)}\n`,
)
process.exitCode = problems.length === 0 ? 0 : 1
