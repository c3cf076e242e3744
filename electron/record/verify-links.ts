import { createPublicKey, type KeyObject, verify } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'
import { hex, sha256 } from '../../db/record/effect.ts'
import { type Entry, entryHash, signedText } from '../../db/record/entry.ts'
import type { Db } from '../rpc/handles.ts'
import { type MadeCheckpoint, newestCheckpoint, readCheckpoint } from './retention/checkpoint.ts'
import type { Findings, RecordHead } from './verification.ts'

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
}

export type Links = {
  readonly entries: number
  readonly heads: readonly RecordHead[]
  /** The checkpoint that the record begins with. */
  readonly checkpoint: MadeCheckpoint | null
  readonly geneses: readonly (GenesisBody & { readonly deviceId: string; readonly at: string })[]
}

const keyOf = (publicKey: string): KeyObject | null => {
  try {
    return createPublicKey({ key: Buffer.from(publicKey, 'base64'), format: 'der', type: 'spki' })
  } catch {
    return null
  }
}

const bodyOf = (entry: Entry): Partial<GenesisBody> => {
  try {
    // Written by this product; what is missing is found by whoever reads it.
    return JSON.parse(entry.body ?? '{}') as Partial<GenesisBody>
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
  if (cut === undefined) return { deviceId, last: null, key: null, publicKey: '' }
  const { seq, hash, publicKey } = cut
  const last = { seq, hash: Buffer.from(hash, 'hex'), at: checkpoint?.cut.at ?? '' }
  return { deviceId, last, key: keyOf(publicKey), publicKey }
}

const takeBody = (chain: Chain, entry: Entry, findings: Findings) => {
  const { publicKey = '', before } = bodyOf(entry)
  if (entry.kind === 'checkpoint') {
    // It names the key for whoever reads it later; to change it is for an entry of its own.
    if (publicKey !== chain.publicKey || readCheckpoint(entry.body) === null) {
      const text = `The checkpoint of entry ${entry.seq} is not of this device.`
      findings.add({ kind: 'signature', deviceId: entry.deviceId, seq: entry.seq, commandSeq: null, text })
    }
    return null
  }
  // One that says how far the security events came names the key that signs already.
  if (entry.kind === 'key' && publicKey === chain.publicKey) return null
  chain.publicKey = publicKey
  chain.key = keyOf(publicKey)
  if (entry.kind === 'key') findings.note(`From entry ${entry.seq} on the device signs with another key.`)
  return before === undefined ? null : { publicKey, before, deviceId: entry.deviceId, at: entry.at }
}

/** Walks the chain of each device: order, hashes and signatures. */
export const verifyLinks = async (db: Db, findings: Findings): Promise<Links> => {
  const chains = new Map<string, Chain>()
  const geneses: (GenesisBody & { deviceId: string; at: string })[] = []
  const checkpoint = await newestCheckpoint(db)
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
      const genesis = entry.kind === 'command' ? null : takeBody(chain, entry, findings)
      if (genesis !== null) geneses.push(genesis)
      checkEntry(chain, entry, findings)
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
  return { entries, heads, geneses, checkpoint }
}
