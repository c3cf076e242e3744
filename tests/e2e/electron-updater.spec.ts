import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileName, manifestFor, openFeed, ours, servingRanges, theirs } from '../updater/release-feed.ts'
import { expect, test } from './support/app.ts'
import { axeFindings } from './support/axe.ts'

// The whole way on Linux: a new version is found, fetched, verified and put in the place of the AppImage that runs; what is
// installed here is a script that leaves a mark.

const variables = ['APPIMAGE', 'COUNTERFOIL_UPDATE_CHANNEL', 'XDG_CACHE_HOME'] as const
test.describe.configure({ mode: 'serial' })
test.afterEach(() => {
  for (const name of variables) delete process.env[name]
})

const prepare = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'counterfoil-update-'))
  const feed = await openFeed()
  const place = join(folder, 'Counterfoil.AppImage')
  const mark = join(folder, 'started')
  writeFileSync(place, 'old')
  writeFileSync(join(folder, 'channel.json'), JSON.stringify({ feed: feed.address, publicKeys: [ours.publicKey] }))
  process.env['APPIMAGE'] = place
  process.env['COUNTERFOIL_UPDATE_CHANNEL'] = join(folder, 'channel.json')
  process.env['XDG_CACHE_HOME'] = join(folder, 'cache')
  const release = Buffer.from(`#!/bin/sh\necho started > '${mark}'\n`)
  const now = Date.now()
  const manifest = manifestFor(join(folder, 'feed'), release, {
    version: '9.9.9',
    expiresAt: new Date(now + 86_400_000).toISOString(),
  })
  feed.routes.set(fileName, servingRanges(release))
  return { folder, feed, place, mark, release, manifest }
}

test('a signed release is put in the place of the app, after a backup', async ({ app }) => {
  const { folder, feed, place, mark, release, manifest } = await prepare()
  feed.announce(manifest)
  await app.seed(async () => undefined)
  const page = await app.open()
  await page.goto('app://counterfoil/#/settings/data')
  await page.getByRole('button', { name: 'Check for a new version' }).click()
  await page.getByRole('button', { name: 'Download version 9.9.9' }).click()
  await expect(page.getByText('Version 9.9.9 is downloaded and verified')).toBeVisible()
  expect(await axeFindings(app, 'new versions')).toEqual([])
  expect(readFileSync(place, 'utf8')).toBe('old')
  const ended = once(app.desktop.process(), 'exit')
  await page.getByRole('button', { name: 'Install and start again' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Install and start again' }).click()
  await ended
  expect(readFileSync(place)).toEqual(release)
  await expect.poll(() => existsSync(mark)).toBe(true)
  const backups = readdirSync(join(app.dataDirectory, 'backups')).filter((name) => name.includes('before-update'))
  expect(backups.length).toBeGreaterThan(0)
  await feed.close()
  rmSync(folder, { recursive: true, force: true })
})

test('a forged release is said to be one, and changes nothing', async ({ app }) => {
  const { folder, feed, place, manifest } = await prepare()
  feed.announce(manifest, { privateKey: theirs.privateKey })
  await app.seed(async () => undefined)
  const page = await app.open()
  await page.goto('app://counterfoil/#/settings/data')
  await page.getByRole('button', { name: 'Check for a new version' }).click()
  await expect(page.getByRole('alert').filter({ hasText: 'not signed by the makers' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Download version/ })).toHaveCount(0)
  await app.close()
  expect(readFileSync(place, 'utf8')).toBe('old')
  await feed.close()
  rmSync(folder, { recursive: true, force: true })
})
