import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const probe = fileURLToPath(new URL('probe.ts', import.meta.url))

// Every offset there is, half and quarter hours, both ends of the date line, and zones whose clocks change at midnight.
const zones = [
  'UTC',
  'Europe/London',
  'Europe/Berlin',
  'Europe/Athens',
  'Europe/Moscow',
  'Asia/Dubai',
  'Asia/Tehran',
  'Asia/Kabul',
  'Asia/Karachi',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Dhaka',
  'Asia/Yangon',
  'Asia/Bangkok',
  'Asia/Shanghai',
  'Australia/Eucla',
  'Asia/Tokyo',
  'Australia/Adelaide',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Noumea',
  'Pacific/Auckland',
  'Pacific/Chatham',
  'Pacific/Apia',
  'Pacific/Kiritimati',
  'Atlantic/Azores',
  'Atlantic/Cape_Verde',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Halifax',
  'America/New_York',
  'America/Chicago',
  'America/Denver',
  'America/Los_Angeles',
  'America/Anchorage',
  'Pacific/Marquesas',
  'Pacific/Honolulu',
  'Pacific/Pago_Pago',
  'Africa/Cairo',
  'America/Asuncion',
]

const hashIn = async (zone: string): Promise<string> =>
  (await run(process.execPath, [probe], { env: { ...process.env, TZ: zone } })).stdout.trim()

test('no civil date moves, whatever the time zone of the process: 40 of them', { timeout: 300_000 }, async () => {
  expect(new Set(zones).size).toBe(40)
  const hashes = new Map<string, string>()
  const waiting = [...zones]
  const work = async () => {
    for (let zone = waiting.shift(); zone !== undefined; zone = waiting.shift()) hashes.set(zone, await hashIn(zone))
  }
  await Promise.all([work(), work()])
  const expected = hashes.get('UTC')
  expect([...hashes].filter(([, hash]) => hash !== expected).map(([zone]) => zone)).toEqual([])
})
