import { type KeyObject, verify } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { hex, sha256 } from '../../db/record/effect.ts'
import { type Entry, entryHash, signedText } from '../../db/record/entry.ts'
import type { Db } from '../rpc/handles.ts'
import { type MadeCheckpoint, newestCheckpoint, readCheckpoint } from './retention/checkpoint.ts'
import type { Findings, RecordHead, Takeover } from './verification.ts'
import { isHandedOver, keyOf } from './verify-keys.ts'

const pageOf = 1000

export type GenesisBody = {
  readonly publicKey: string
  readonly before: { readonly commands: number; readonly changes: number; readonly hash: string }
}

// The entry that a chain goes on from: of one that a checkpoint stands for this much is known.
type Before = Pick<Entry, 'seq' | 'hash' | 'at'>

type Chain = {
  readonly deviceId: string
  last: Before | null
  key: KeyObject | null
  publicKey: string
  /** Whether an entry was named that none of the known keys signed: those after it go without saying. */
  isForeign: boolean
}

export type Links = {
  readonly entries: number
  readonly heads: readonly RecordHead[]
  /** The checkpoint that the record begins with. */
  readonly checkpoint: MadeCheckpoint | null
  /** Keys that took over without the one before them. */
  readonly takeovers: readonly Takeover[]
  readonly geneses: readonly (GenesisBody & { readonly deviceId: string; readonly at: string })[]
}

type Body = Partial<GenesisBody> & { readonly handOver?: string }

const bodyOf = (entry: Entry): Body => {
  try {
    // Written by this product; what is missing is found by whoever reads it.
    return JSON.parse(entry.body ?? '{}') as Body
  } catch {
    return {}
  }
}

const checkEntry = (chain: Chain, entry: Entry, findings: Findings) => {
  const { last } = chain
  const say = (kind: 'changed' | 'order' | 'signature', text: string) =>
    findings.add({ kind, deviceId: entry.deviceId, seq: entry.seq, commandSeq: entry.commandSeq, text })
  if (entry.seq !== (last?.seq ?? 0) + 1) {
    const from = (last?.seq ?? 0) + 1
    say('order', `Entries ${from} to ${entry.seq - 1} are missing.`)
  }
  const previous = entry.previousHash === null ? null : hex(entry.previousHash)
  if (previous !== (last === null ? null : hex(last.hash))) {
    say(
      'order',
      `Entry ${entry.seq} does not follow on the entry before it: one was changed, moved, removed or put in.`,
    )
  }
  if (!entryHash(entry).equals(entry.hash)) say('changed', `Entry ${entry.seq} was changed: its hash does not fit.`)
  if (entry.body !== null && !sha256(`${entry.body}\n`).equals(entry.effectHash)) {
    say('changed', `What entry ${entry.seq} says was changed.`)
  }
  if (chain.key === null || !verify(null, signedText(entry.hash), chain.key, entry.signature)) {
    say('signature', `The signature of entry ${entry.seq} is not of this device.`)
  }
}

// A chain begins where the newest checkpoint says that it was cut, and nowhere else.
const chainFrom = (deviceId: string, checkpoint: MadeCheckpoint | null): Chain => {
  const cut = checkpoint?.cut.devices.find(({ device }) => device === deviceId)
  if (cut === undefined) return { deviceId, last: null, key: null, publicKey: '', isForeign: false }
  const { seq, hash, publicKey } = cut
  const last = { seq, hash: Buffer.from(hash, 'hex'), at: checkpoint?.cut.at ?? '' }
  return { deviceId, last, key: keyOf(publicKey), publicKey, isForeign: false }
}

type Walk = {
  readonly findings: Findings
  /** Public keys known from elsewhere; none where nobody named any. */
  readonly keys: readonly string[]
  readonly takeovers: Takeover[]
}

const takeKey = (chain: Chain, entry: Entry, { publicKey = '', handOver }: Body, { findings, takeovers }: Walk) => {
  // One that says how far the security events came names the key that signs already.
  if (publicKey === chain.publicKey) return
  const { deviceId, seq, at } = entry
  if (chain.last !== null) {
    if (isHandedOver(entry, chain.key, { publicKey, handOver })) {
      findings.note(`From entry ${seq} on the device signs with another key; the one before it handed over.`)
    } else takeovers.push({ deviceId, seq, at, previousKey: chain.publicKey, publicKey, confirmedAt: null })
  }
  chain.publicKey = publicKey
  chain.key = keyOf(publicKey)
}

const takeBody = (chain: Chain, entry: Entry, walk: Walk) => {
  const body = bodyOf(entry)
  const say = (kind: 'order' | 'signature', text: string) =>
    walk.findings.add({ kind, deviceId: entry.deviceId, seq: entry.seq, commandSeq: null, text })
  if (entry.kind === 'checkpoint') {
    // It names the key for whoever reads it later; to change it is for an entry of its own.
    if (body.publicKey !== chain.publicKey || readCheckpoint(entry.body) === null) {
      say('signature', `The checkpoint of entry ${entry.seq} is not of this device.`)
    }
    return null
  }
  const isBeginning = chain.last === null
  takeKey(chain, entry, body, walk)
  if (entry.kind !== 'genesis' || body.before === undefined) return null
  if (!isBeginning) say('order', `Entry ${entry.seq} says that the record begins with it, in the middle of the record.`)
  return { publicKey: chain.publicKey, before: body.before, deviceId: entry.deviceId, at: entry.at }
}

const checkSigner = (chain: Chain, entry: Entry, { keys, findings }: Walk) => {
  if (keys.length === 0 || chain.isForeign || keys.includes(chain.publicKey)) return
  chain.isForeign = true
  const text = `Entry ${entry.seq} is signed by none of the keys that you named: it names ${chain.publicKey}.`
  findings.add({ kind: 'key', deviceId: entry.deviceId, seq: entry.seq, commandSeq: entry.commandSeq, text })
}

/** Walks the chain of each device: order, hashes and signatures, and whose they are. */
export const verifyLinks = async (db: Db, findings: Findings, keys: readonly string[] = []): Promise<Links> => {
  const chains = new Map<string, Chain>()
  const geneses: (GenesisBody & { deviceId: string; at: string })[] = []
  const checkpoint = await newestCheckpoint(db)
  // What was so before a cut is so still.
  const before = (checkpoint?.cut.takeovers ?? []).map(({ device, ...it }) => ({ ...it, deviceId: device }))
  const walk: Walk = { findings, keys, takeovers: before.map((it) => ({ ...it, confirmedAt: null })) }
  let entries = 0
  let after = { deviceId: '', seq: 0 }
  for (;;) {
    const page = await db
      .selectFrom('chainEntries')
      .selectAll()
      .where((row) => row(row.refTuple('deviceId', 'seq'), '>', row.tuple(after.deviceId, after.seq)))
      .orderBy('deviceId')
      .orderBy('seq')
      .limit(pageOf)
      .execute()
    for (const entry of page) {
      const chain = chains.get(entry.deviceId) ?? chainFrom(entry.deviceId, checkpoint)
      chains.set(entry.deviceId, chain)
      const genesis = entry.kind === 'command' ? null : takeBody(chain, entry, walk)
      if (genesis !== null) geneses.push(genesis)
      checkEntry(chain, entry, findings)
      checkSigner(chain, entry, walk)
      chain.last = entry
      entries += 1
    }
    const end = page.at(-1)
    if (end === undefined) break
    after = { deviceId: end.deviceId, seq: end.seq }
    await setImmediate()
  }
  const heads = [...chains.values()].flatMap(({ deviceId, last, publicKey }) =>
    last === null ? [] : [{ deviceId, seq: last.seq, hash: hex(last.hash), at: last.at, publicKey }],
  )
  if (heads.length > 1) findings.note(`${heads.length} devices signed this record, each with a key of its own.`)
  return { entries, heads, takeovers: walk.takeovers, geneses, checkpoint }
}
