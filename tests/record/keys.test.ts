import { createHash } from 'node:crypto'
import { renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { verifyFolder } from '../../electron/cli/verify.ts'
import { makeClient, makeInvoice } from '../support/factories.ts'
import { type Forged, forgedFolder, ownSigner } from '../support/forge.ts'
import { exportFile, recordSomeWork, tampered, verifyAlone, verifyFile, withoutGuards } from '../support/record.ts'
import { purgeNow } from '../support/retention.ts'
import { openWorkspace, type Workspace } from '../support/workspace.ts'

const keyIn = async (directory: string) =>
  (await verifyFile(join(directory, 'counterfoil.db'))).heads[0]?.publicKey ?? 'none'

const saved = async (file: string, organizationId: string) =>
  Buffer.from((await exportFile(file, organizationId)).bytes).toString('utf8')

describe('a record that somebody signed anew with a key of their own', () => {
  let workspace: Workspace
  let forged: Forged
  let original = ''
  let text = ''
  beforeAll(async () => {
    workspace = await openWorkspace()
    await recordSomeWork(workspace)
    await makeInvoice(workspace, await makeClient(workspace))
    await workspace.core.close()
    original = await keyIn(workspace.directory)
    forged = forgedFolder(workspace.directory)
    text = await saved(forged.file, workspace.organizationId)
  })
  afterAll(() => {
    forged.remove()
    rmSync(workspace.directory, { recursive: true, force: true })
  })

  test('is not whole for whoever knows no key: the entry is named, and what to do', async () => {
    const result = await verifyFolder(forged.directory, { head: null, keys: [] })
    expect(result).toMatchObject({ ok: false, first: { kind: 'takeover', seq: forged.seq } })
    for (const words of ['another key', 'did not hand over', `--key ${original}`, `--key ${forged.publicKey}`]) {
      expect(result?.first?.text).toContain(words)
    }
    const alone = await verifyAlone(text)
    expect(alone).toMatchObject({ ok: false, code: 1, first: { kind: 'takeover', entry: forged.seq } })
    expect(alone.first?.text).toBe(result?.first?.text)
  })

  test('is foreign from that entry on for whoever knows the key of the device', async () => {
    const result = await verifyFolder(forged.directory, { head: null, keys: [original] })
    expect(result).toMatchObject({ ok: false, first: { kind: 'key', seq: forged.seq } })
    const alone = await verifyAlone(text, '--key', original)
    expect(alone).toMatchObject({ ok: false, code: 1, first: { kind: 'key', entry: forged.seq } })
  })

  test('is whole for whoever says that both keys are of the device, with that before anything else', async () => {
    const keys = [original, forged.publicKey]
    const notes = [expect.stringContaining(`From entry ${forged.seq} on another key signs`)]
    expect(await verifyFolder(forged.directory, { head: null, keys })).toMatchObject({ ok: true, notes })
    const alone = await verifyAlone(text, ...keys.flatMap((key) => ['--key', key]))
    expect(alone).toMatchObject({ ok: true, code: 0, notes })
  })

  test('its genesis is of no known key either', async () => {
    const result = await verifyFolder(forged.directory, { head: null, keys: [forged.publicKey] })
    expect(result).toMatchObject({ ok: false, first: { kind: 'key', seq: 1 } })
    expect(await verifyAlone(text, '--key', forged.publicKey)).toMatchObject({ first: { kind: 'key', entry: 1 } })
  })

  test('another device that somebody put in is of no known key', async () => {
    const own = ownSigner()
    const it = tampered(join(workspace.directory, 'counterfoil.db'), (database) => {
      const [first] = database.prepare('SELECT * FROM chain_entries WHERE seq = 1').all() as [{ body: string }]
      database
        .prepare(
          `INSERT INTO chain_entries SELECT 'zz-other', 1, format, kind, NULL, at, ?, effect_hash, NULL, hash, signature
          FROM chain_entries WHERE seq = 1`,
        )
        .run(JSON.stringify({ ...JSON.parse(first.body), publicKey: own.publicKey }))
    })
    const result = await verifyFile(it.file, [], { keys: [original] })
    expect(result.problems).toContainEqual(expect.objectContaining({ kind: 'key', deviceId: 'zz-other', seq: 1 }))
    it.remove()
  })
})

describe('a key that took over because the one before it was lost', () => {
  let workspace: Workspace
  let file = ''
  beforeAll(async () => {
    workspace = await openWorkspace()
    file = join(workspace.directory, 'counterfoil.db')
    await makeClient(workspace)
    await workspace.core.close()
    rmSync(join(workspace.directory, 'device.key'))
    workspace.clock.advance(1000)
    await workspace.reopen()
    await makeInvoice(workspace, await makeClient(workspace, 'Later Ltd'))
  })
  afterAll(() => workspace.close())

  test('is told apart from all other problems, and an owner confirms it; only who checks elsewhere asks on', async () => {
    const before = await workspace.call('audit.verify', {})
    expect(before).toMatchObject({ ok: false, problems: [{ kind: 'takeover' }] })
    const [taken] = before.takeovers
    expect(taken).toMatchObject({ confirmedAt: null })
    const { deviceId = '', seq = 0, publicKey = '' } = taken ?? {}
    for (const other of [{ seq: seq + 1 }, { publicKey: 'A'.repeat(60) }]) {
      const call = workspace.call('audit.confirmKeyLoss', { deviceId, seq, publicKey, ...other })
      await expect(call).rejects.toThrow('no longer exists')
    }
    const { confirmedAt } = await workspace.call('audit.confirmKeyLoss', { deviceId, seq, publicKey })
    const { rows } = await workspace.call('security.events', { limit: 1 })
    expect(rows).toMatchObject([{ kind: 'key-loss-confirmed', data: { entry: seq, device: deviceId } }])
    const after = await workspace.call('audit.verify', {})
    expect(after).toMatchObject({ ok: true, takeovers: [{ confirmedAt }] })
    expect(after.notes[0]).toContain('an owner confirmed')
    expect(await workspace.call('audit.verify', { strict: true })).toMatchObject({ ok: false })
    expect(await verifyFolder(workspace.directory, { head: null, keys: [] })).toMatchObject({
      ok: false,
      first: { kind: 'takeover', seq },
    })
    expect(await verifyAlone(await saved(file, workspace.organizationId))).toMatchObject({
      ok: false,
      first: { kind: 'takeover', entry: seq },
    })
  })
})

describe('a key that took over while the one before it was at hand', () => {
  let workspace: Workspace
  let file = ''
  beforeAll(async () => {
    workspace = await openWorkspace()
    file = join(workspace.directory, 'counterfoil.db')
    await makeClient(workspace)
    await workspace.core.close()
    const key = join(workspace.directory, 'device.key')
    renameSync(key, `${key}.old-1`)
    workspace.clock.advance(1000)
    await workspace.reopen()
    await makeInvoice(workspace, await makeClient(workspace, 'Later Ltd'))
    await workspace.core.close()
  })
  afterAll(() => rmSync(workspace.directory, { recursive: true, force: true }))

  test('is vouched for by it, for all who check', async () => {
    const notes = [expect.stringContaining('handed over')]
    const result = await verifyFolder(workspace.directory, { head: null, keys: [] })
    expect(result).toMatchObject({ ok: true, takeovers: [], notes })
    expect(await verifyAlone(await saved(file, workspace.organizationId))).toMatchObject({ ok: true, notes })
  })

  test('a hand-over of somebody else is none', async () => {
    const forge = (copy: string) =>
      withoutGuards(copy, (database) => {
        const row = database
          .prepare(`SELECT seq, body FROM chain_entries WHERE kind = 'key' AND body LIKE '%handOver%'`)
          .get() as { seq: number; body: string }
        const body = JSON.parse(row.body) as { handOver: string }
        const text = row.body.replace(body.handOver, Buffer.alloc(64).toString('base64'))
        const effect = createHash('sha256').update(`${text}\n`).digest()
        database.prepare('UPDATE chain_entries SET body = ?, effect_hash = ? WHERE seq = ?').run(text, effect, row.seq)
      })
    const it = tampered(file, () => undefined)
    forge(it.file)
    const [first] = (await verifyFile(it.file)).problems.filter(({ kind }) => kind === 'takeover')
    const alone = await verifyAlone(await saved(it.file, workspace.organizationId))
    expect(first?.seq).toBeGreaterThan(1)
    expect(alone.problems).toContainEqual(expect.objectContaining({ kind: 'takeover', entry: first?.seq }))
    it.remove()
  })
})

test('a key that took over is told even where its entry was past its time: the checkpoint says it', async () => {
  const workspace = await openWorkspace()
  const file = join(workspace.directory, 'counterfoil.db')
  try {
    await makeClient(workspace)
    await workspace.core.close()
    rmSync(join(workspace.directory, 'device.key'))
    workspace.clock.advance(1000)
    await workspace.reopen()
    const [before] = (await verifyFile(file)).takeovers
    for (let year = 0; year < 9; year += 1) {
      await makeClient(workspace, `Client ${year}`)
      workspace.clock.advance(366 * 86_400_000)
    }
    await makeClient(workspace, 'Client of the week before')
    workspace.clock.advance(8 * 86_400_000)
    expect(await purgeNow(workspace)).toMatchObject({
      done: true,
      checkpoint: { cut: { takeovers: [{ seq: before?.seq }] } },
    })
    const result = await verifyFile(file)
    expect(result).toMatchObject({ ok: false, takeovers: [before], problems: [{ kind: 'takeover', seq: before?.seq }] })
    const text = await saved(file, workspace.organizationId)
    expect((await verifyAlone(text)).problems).toMatchObject([{ kind: 'takeover' }])
    expect(await verifyAlone(text, '--key', before?.publicKey ?? '')).toMatchObject({ ok: true })
  } finally {
    await workspace.close()
  }
})
