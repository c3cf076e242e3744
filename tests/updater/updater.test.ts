import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { readChannel } from '../../electron/updater/channel.ts'
import type { ReleaseManifest } from '../../electron/updater/manifest.ts'
import type { Handover } from '../../electron/updater/port.ts'
import { isInRollout, placeInRollout } from '../../electron/updater/rollout.ts'
import type { OpenData, Updates } from '../../electron/updater/state.ts'
import { createUpdater, type UpdaterOptions } from '../../electron/updater/updater.ts'
import { compareVersions } from '../../electron/updater/version.ts'
import {
  type Feed,
  fileName,
  manifestFor,
  openFeed,
  ours,
  releaseContent,
  servingRanges,
  theirs,
} from './release-feed.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const content = releaseContent()

let folder: string
let feed: Feed
let done: string[]
let handed: Handover[]
const opened: Updates[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'counterfoil-updater-'))
  feed = await openFeed()
  done = []
  handed = []
})
afterEach(async () => {
  for (const updates of opened.splice(0)) await updates.close()
  await feed.close()
  rmSync(folder, { recursive: true, force: true })
})

const updater = (changes: Partial<UpdaterOptions & OpenData> = {}): Updates => {
  const made = createUpdater({
    port: {
      platform: 'linux',
      arch: 'x64',
      handOver: (handover) => {
        done.push('handed over')
        handed.push(handover)
        return Promise.resolve()
      },
      quit: () => done.push('quit'),
    },
    channel: readChannel({ feed: feed.address, publicKeys: [ours.publicKey] }, true),
    currentVersion: '1.1.0',
    dataVersion: 21,
    directory: join(folder, 'updates'),
    clock: { now: () => '2026-11-21T09:00:00.000Z' },
    log: silent,
    ...changes,
  })
  made.attach({
    deviceId: changes.deviceId ?? 'device-1',
    beforeInstall:
      changes.beforeInstall ??
      (() => {
        done.push('backup')
        return Promise.resolve()
      }),
  })
  opened.push(made)
  return made
}

const announce = (changes: Partial<ReleaseManifest> = {}) => {
  feed.announce(manifestFor(join(folder, 'feed'), content, changes))
  feed.routes.set(fileName, servingRanges(content))
}

const settled = async (updates: Updates) => {
  await expect.poll(async () => (await updates.state()).status, { interval: 10 }).not.toBe('downloading')
  return await updates.state()
}

const ready = async (updates: Updates) => {
  await updates.check()
  await updates.download()
  expect(await settled(updates)).toMatchObject({ status: 'ready', problem: null })
  return updates
}

const downloaded = join('updates', '1.2.0', fileName)

describe('a good release', () => {
  test('is found, downloaded, and installed on a word, after a backup', async () => {
    announce()
    const updates = updater()
    expect(await updates.check()).toMatchObject({
      status: 'available',
      version: '1.2.0',
      notes: 'Quicker lists.',
      sizeBytes: content.length,
      checkedAt: '2026-11-21T09:00:00.000Z',
    })
    expect(feed.asked.map(({ path }) => path)).not.toContain(fileName)
    await ready(updates)
    expect(readFileSync(join(folder, downloaded))).toEqual(content)
    expect(done).toEqual([])
    await updates.install('now')
    expect(done).toEqual(['backup', 'handed over', 'quit'])
    expect(handed[0]).toMatchObject({ path: join(folder, downloaded), restart: true, manifest: { version: '1.2.0' } })
  })

  test('is installed when the app ends only where that was asked for', async () => {
    announce()
    const asked = await ready(updater())
    await asked.atQuit()
    expect(done).toEqual([])
    await asked.install('quit')
    expect(await asked.state()).toMatchObject({ status: 'ready', installAtQuit: true })
    await asked.cancel()
    await asked.atQuit()
    expect(done).toEqual([])
    await asked.install('quit')
    await asked.atQuit()
    expect(done).toEqual(['backup', 'handed over'])
    expect(handed[0]).toMatchObject({ restart: false })
  })

  test('that is downloaded already is not downloaded again', async () => {
    announce()
    await ready(updater())
    const before = feed.asked.length
    await ready(updater())
    expect(feed.asked.slice(before).map(({ path }) => path)).not.toContain(fileName)
  })

  test('of the same version is none', async () => {
    announce({ version: '1.1.0' })
    expect(await updater().check()).toMatchObject({ status: 'current', version: null, problem: null })
  })
})

describe('a forged release', () => {
  const forgeries: readonly (readonly [string, () => void])[] = [
    [
      'signed by another key',
      () => feed.announce(manifestFor(join(folder, 'feed'), content), { privateKey: theirs.privateKey }),
    ],
    [
      'changed by one letter after it was signed',
      () =>
        feed.announce(manifestFor(join(folder, 'feed'), content), {
          after: (bytes) => Buffer.from(bytes.toString().replace('1.2.0', '1.3.0')),
        }),
    ],
    [
      'with white space put after it',
      () =>
        feed.announce(manifestFor(join(folder, 'feed'), content), {
          after: (bytes) => Buffer.concat([bytes, Buffer.from('\n')]),
        }),
    ],
    [
      'with an empty signature',
      () => {
        announce()
        feed.routes.set('counterfoil-updates.json.sig', { body: Buffer.alloc(0) })
      },
    ],
    [
      'with a cut signature',
      () => {
        announce()
        feed.routes.set('counterfoil-updates.json.sig', { body: Buffer.from(Buffer.alloc(63).toString('base64')) })
      },
    ],
    [
      'with a signature of zeros',
      () => {
        announce()
        feed.routes.set('counterfoil-updates.json.sig', { body: Buffer.from(Buffer.alloc(64).toString('base64')) })
      },
    ],
    [
      'with the signature of another release',
      () => {
        announce({ version: '1.3.0' })
        const other = feed.routes.get('counterfoil-updates.json.sig')
        announce()
        if (other) feed.routes.set('counterfoil-updates.json.sig', other)
      },
    ],
  ]
  test.each(forgeries)('%s is refused, and nothing is downloaded', async (_name, forge) => {
    forge()
    const updates = updater()
    expect(await updates.check()).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('not signed by the makers'),
    })
    await expect(updates.download()).rejects.toThrow(/no new version/)
    await expect(updates.install('now')).rejects.toThrow(/no new version/)
    expect(done).toEqual([])
  })

  test('is not made good by a file of the right size', async () => {
    announce()
    const other = Buffer.from(content)
    other[100_000] = (other[100_000] ?? 0) ^ 1
    feed.routes.set(fileName, servingRanges(other))
    const updates = updater()
    await updates.check()
    await updates.download()
    expect(await settled(updates)).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('not what was released'),
    })
    expect(readdirSync(join(folder, 'updates', '1.2.0'))).toEqual([])
    await expect(updates.install('now')).rejects.toThrow(/no new version/)
  })

  test('a file that was changed on the disk after its download is not installed', async () => {
    announce()
    const updates = await ready(updater())
    writeFileSync(join(folder, downloaded), Buffer.concat([content.subarray(1), Buffer.from('x')]))
    await expect(updates.install('now')).rejects.toThrow(/changed on the disk/)
    expect(done).toEqual([])
  })
})

describe('a release that must not be taken', () => {
  test.each<[string, Partial<ReleaseManifest>, RegExp]>([
    ['older than what runs', { version: '1.0.9' }, /older/],
    ['a preview of what runs', { version: '1.1.0-beta.9' }, /older/],
    ['whose notice has run out', { expiresAt: '2026-11-21T09:00:00.000Z' }, /out of date/],
    [
      'staged, and whose notice has run out',
      { expiresAt: '2026-11-01T00:00:00.000Z', rolloutPercent: 10 },
      /out of date/,
    ],
    ['that needs newer data first', { minimumDataVersion: 22 }, /before it first/],
    [
      'for other computers',
      { files: [{ platform: 'win32', arch: 'x64', name: 'Setup.exe', size: 1, sha512: `${'A'.repeat(86)}==` }] },
      /this kind of computer/,
    ],
  ])('%s is refused in words', async (_name, changes, words) => {
    announce(changes)
    expect(await updater().check()).toMatchObject({ status: 'failed', problem: expect.stringMatching(words) })
  })

  test('older than one that was announced before, though newer than what runs', async () => {
    announce({ version: '1.4.0' })
    await updater().check()
    announce({ version: '1.2.0' })
    expect(await updater().check()).toMatchObject({ status: 'failed', problem: expect.stringContaining('older') })
    announce({ version: '1.4.0' })
    expect(await updater().check()).toMatchObject({ status: 'available', version: '1.4.0' })
  })

  test.each<[string, unknown]>([
    ['another product', { product: 'other' }],
    ['a format of the future', { format: 2 }],
    ['a version that is none', { version: '1.2' }],
    ['an unknown field', { run: 'rm -rf' }],
    ['no file', { files: [] }],
    [
      'a file with a path',
      {
        files: [
          { platform: 'linux', arch: 'x64', name: '../../evil.AppImage', size: 1, sha512: `${'A'.repeat(86)}==` },
        ],
      },
    ],
    [
      'a file elsewhere',
      {
        files: [
          {
            platform: 'linux',
            arch: 'x64',
            name: 'https://evil.example/a.AppImage',
            size: 1,
            sha512: `${'A'.repeat(86)}==`,
          },
        ],
      },
    ],
    [
      'a file of two gigabytes',
      { files: [{ platform: 'linux', arch: 'x64', name: 'a.AppImage', size: 2 ** 31, sha512: `${'A'.repeat(86)}==` }] },
    ],
    [
      'a script as file',
      { files: [{ platform: 'linux', arch: 'x64', name: 'a.sh', size: 1, sha512: `${'A'.repeat(86)}==` }] },
    ],
  ])('a signed notice with %s is not read', async (_name, changes) => {
    feed.announce({ ...manifestFor(join(folder, 'feed'), content), ...Object(changes) })
    expect(await updater().check()).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('cannot be read'),
    })
  })
})

describe('a download', () => {
  test('that is cut goes on from where it was', async () => {
    announce()
    feed.routes.set(fileName, servingRanges(content, 120_000))
    const updates = updater()
    await updates.check()
    await updates.download()
    expect(await settled(updates)).toMatchObject({
      status: 'available',
      problem: expect.stringContaining('cut after 60 %'),
    })
    expect(existsSync(join(folder, downloaded))).toBe(false)
    await updates.download()
    expect(await settled(updates)).toMatchObject({ status: 'ready' })
    expect(feed.asked.filter(({ path }) => path === fileName).map(({ range }) => range)).toEqual([
      undefined,
      'bytes=120000-',
    ])
    expect(readFileSync(join(folder, downloaded))).toEqual(content)
  })

  test('whose kept beginning is of something else begins again', async () => {
    announce()
    feed.routes.set(fileName, servingRanges(Buffer.alloc(content.length, 7), 90_000))
    const updates = updater()
    await updates.check()
    await updates.download()
    await settled(updates)
    feed.routes.set(fileName, servingRanges(content))
    await updates.download()
    expect(await settled(updates)).toMatchObject({ status: 'ready' })
    expect(readFileSync(join(folder, downloaded))).toEqual(content)
  })

  test('that a server without ranges sends anew is taken whole', async () => {
    announce()
    feed.routes.set(fileName, servingRanges(content, 50_000))
    const updates = updater()
    await updates.check()
    await updates.download()
    await settled(updates)
    feed.routes.set(fileName, { body: content })
    await updates.download()
    expect(await settled(updates)).toMatchObject({ status: 'ready' })
  })

  test('that is larger than announced is stopped and thrown away', async () => {
    announce()
    let sent = 0
    feed.routes.set(fileName, (_request, response) => {
      response.on('error', () => undefined)
      const more = () => {
        sent += 65_536
        if (!response.destroyed && sent < 50_000_000 && response.write(Buffer.alloc(65_536))) setImmediate(more)
        else response.once('drain', more)
      }
      more()
    })
    const updates = updater()
    await updates.check()
    await updates.download()
    expect(await settled(updates)).toMatchObject({ status: 'failed', problem: expect.stringContaining('More arrived') })
    // What was on its way already lies in the buffers of both ends.
    expect(sent).toBeLessThan(25_000_000)
    expect(readdirSync(join(folder, 'updates', '1.2.0'))).toEqual([])
  })

  test('can be stopped, and goes on later', async () => {
    announce()
    feed.routes.set(fileName, (_request, response) => {
      response.writeHead(200, { 'content-length': content.length })
      response.write(content.subarray(0, 80_000))
    })
    const updates = updater()
    await updates.check()
    await updates.download()
    await expect.poll(async () => (await updates.state()).receivedBytes).toBe(80_000)
    expect(await updates.cancel()).toMatchObject({ status: 'available', problem: expect.stringContaining('stopped') })
    feed.routes.set(fileName, servingRanges(content))
    await updates.download()
    expect(await settled(updates)).toMatchObject({ status: 'ready' })
    expect(feed.asked.at(-1)).toEqual({ path: fileName, range: 'bytes=80000-' })
  })
})

describe('a feed', () => {
  test('that is not set up is said, and nothing is asked', async () => {
    const updates = updater({ channel: readChannel({ feed: null, publicKeys: [] }) })
    expect(await updates.check()).toMatchObject({ status: 'no-feed', problem: null })
    const keyless = updater({ channel: readChannel({ feed: feed.address, publicKeys: [] }, true) })
    expect(await keyless.check()).toMatchObject({ status: 'no-feed' })
    expect(feed.asked).toEqual([])
  })

  test.each([
    'http://updates.example/',
    'http://127.0.0.1:1/',
    'file:///srv/',
    'https://user@updates.example/',
    'https://updates.example/?a=1',
    'nonsense',
  ])('at %s is not asked', async (address) => {
    const updates = updater({ channel: readChannel({ feed: address, publicKeys: [ours.publicKey] }) })
    expect(await updates.check()).toMatchObject({ status: 'failed', problem: expect.stringContaining('https') })
  })

  test('that sends elsewhere is not followed', async () => {
    let followed = 0
    const elsewhere = createServer((_request, response) => {
      followed += 1
      response.end('{}')
    }).listen(0, '127.0.0.1')
    const address = elsewhere.address()
    const port = typeof address === 'object' && address !== null ? address.port : 0
    feed.routes.set('counterfoil-updates.json', {
      status: 302,
      headers: { location: `http://127.0.0.1:${port}/` },
      body: Buffer.alloc(0),
    })
    expect(await updater().check()).toMatchObject({
      status: 'failed',
      problem: expect.stringContaining('did not answer'),
    })
    expect(followed).toBe(0)
    elsewhere.close()
  })

  test('with a notice without end is left', async () => {
    announce()
    feed.routes.set('counterfoil-updates.json', { body: Buffer.alloc(200_000, 0x20) })
    expect(await updater().check()).toMatchObject({ status: 'failed', problem: expect.stringContaining('too large') })
  })

  test('that is gone is said, and asked again the next time', async () => {
    const updates = updater()
    expect(await updates.check()).toMatchObject({ status: 'failed', problem: expect.stringContaining('404') })
    announce()
    expect(await updates.check()).toMatchObject({ status: 'available', problem: null })
  })

  test('may sign with the next key while both stand in the program', async () => {
    feed.announce(manifestFor(join(folder, 'feed'), content), { privateKey: theirs.privateKey })
    const channel = readChannel({ feed: feed.address, publicKeys: [ours.publicKey, theirs.publicKey] }, true)
    expect(await updater({ channel }).check()).toMatchObject({ status: 'available' })
  })
})

describe('the backup before', () => {
  const failing = () => Promise.reject(new Error('The disk is full.'))

  test('that fails stops the install, and says so', async () => {
    announce()
    const updates = await ready(updater({ beforeInstall: failing }))
    await expect(updates.install('now')).rejects.toThrow(/disk is full.*Nothing was installed/s)
    expect(await updates.state()).toMatchObject({ status: 'ready', problem: expect.stringContaining('disk is full') })
    expect(done).toEqual([])
  })

  test('that fails when the app ends is said at its next start', async () => {
    announce()
    const updates = await ready(updater({ beforeInstall: failing }))
    await updates.install('quit')
    await updates.atQuit()
    expect(done).toEqual([])
    expect(await updater().state()).toMatchObject({
      status: 'idle',
      problem: expect.stringContaining('Nothing was installed'),
    })
  })
})

describe('a staged release', () => {
  test('is given to the share of devices that it names, to the same ones at each check', () => {
    const devices = Array.from({ length: 2000 }, (_, index) => `device-${index}`)
    const share = (percent: number) => devices.filter((device) => isInRollout(device, '1.2.0', percent)).length / 20
    expect(share(0)).toBe(0)
    expect(share(100)).toBe(100)
    expect(share(10)).toBeGreaterThan(8)
    expect(share(10)).toBeLessThan(12)
    for (const device of devices.slice(0, 100)) {
      expect(placeInRollout(device, '1.2.0')).toBe(placeInRollout(device, '1.2.0'))
      if (isInRollout(device, '1.2.0', 10)) expect(isInRollout(device, '1.2.0', 50)).toBe(true)
    }
    // Another release begins with other devices.
    expect(
      devices.filter((it) => isInRollout(it, '1.2.0', 10) !== isInRollout(it, '1.3.0', 10)).length,
    ).toBeGreaterThan(200)
  })

  test('waits where its turn has not come, and comes', async () => {
    const place = placeInRollout('device-1', '1.2.0')
    announce({ rolloutPercent: Math.floor(place) })
    expect(await updater().check()).toMatchObject({ status: 'held-back', version: null })
    announce({ rolloutPercent: Math.min(100, Math.ceil(place) + 1) })
    expect(await updater().check()).toMatchObject({ status: 'available' })
  })
})

test('versions are ordered as Semantic Versioning orders them', () => {
  const ordered = [
    '0.9.9',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    '1.0.0-rc.1',
    '1.0.0',
    '1.0.1',
    '1.1.0',
    '1.10.0',
    '2.0.0',
  ]
  for (const [index, version] of ordered.entries()) {
    for (const [other, second] of ordered.entries())
      expect(compareVersions(version, second)).toBe(Math.sign(index - other))
  }
  expect(() => compareVersions('1.2', '1.2.0')).toThrow(RangeError)
})
