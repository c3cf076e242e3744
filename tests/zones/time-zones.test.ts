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

const linesOf = async (some: readonly string[]) => {
  const [first = 'UTC'] = some
  const { stdout } = await run(process.execPath, [probe, ...some], { env: { ...process.env, TZ: first } })
  return stdout
    .trim()
    .split('\n')
    .map((line) => line.split(' '))
}

test('no civil date moves, whatever the time zone of the process: 40 of them', { timeout: 300_000 }, async () => {
  expect(new Set(zones).size).toBe(40)
  const half = zones.length / 2
  const lines = (await Promise.all([linesOf(zones.slice(0, half)), linesOf(zones.slice(half))])).flat()
  expect(lines.map(([zone]) => zone)).toEqual(zones)
  // The process was there: these are that many different clocks.
  expect(new Set(lines.map(([, offset]) => offset)).size).toBeGreaterThan(30)
  const [, , expected] = lines[0] ?? []
  expect(lines.filter(([, , hash]) => hash !== expected).map(([zone]) => zone)).toEqual([])
})
