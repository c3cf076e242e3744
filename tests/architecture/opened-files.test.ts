import { expect, test } from 'vitest'
import { sources } from './sources.ts'

const openers =
  /^(open|openSync|openAsBlob|readFile|readFileSync|copyFile|copyFileSync|cp|cpSync|truncate|truncateSync|appendFile|appendFileSync|writeFile|writeFileSync|createReadStream|createWriteStream)$/
const whole = /import\s+(?:\*\s+as\s+)?\w+\s+from\s+'(?:node:)?fs(?:\/promises)?'/
const named = /import\s*\{([^}]*)\}\s*from\s*'node:fs(?:\/promises)?'/g

/**
 * Who opens files otherwise than through SQLite, and why that is never the database while it is in use: closing any
 * handle of it would let go of every lock of the process, and a program that reads the data then takes its log away.
 */
const never: Readonly<Record<string, string>> = {
  'db/copy.ts': 'the copy, which nobody has open yet but the backup that writes it',
  'db/inspect-file.ts': 'the database, but only before it is opened and after it is closed',
  'db/inspect-log.ts': 'the database, but only before it is opened',
  'db/migrate.ts': 'the copy from before, and the copy that takes the place',
  'db/swap.ts': 'the note of a swap, and folders',
  'electron/backup/bring.ts': 'a backup; refuseInUse keeps the data itself from being chosen as one',
  'electron/backup/durable.ts': 'small files, copies and folders',
  'electron/backup/hash-file.ts': 'backups, their scratch files and kept files',
  'electron/backup/kept-files.ts': 'kept files',
  'electron/backup/replay.ts': 'the damaged database, which is closed',
  'electron/cli.ts': 'what is given to a command',
  'electron/cli/bytes-fields.ts': 'what is given to a command',
  'electron/files.ts': 'kept files',
  'electron/keys/clear-bytes.ts': 'backups and put-aside databases',
  'electron/keys/convert.ts': 'kept files that are shredded',
  'electron/keys/sealed-copies.ts': 'put-aside databases',
  'electron/keys/sealed-device-key.ts': 'the device key',
  'electron/mail/private-file.ts': 'secrets',
  'electron/record/device-key.ts': 'the device key',
  'electron/record/head-file.ts': 'the head of the record',
  'electron/record/verifier-file.ts': 'the verifier',
  'electron/recovery/diagnose.ts': 'the database that did not open',
  'electron/recovery/set-aside.ts': 'the database that did not open, or was closed because it is damaged',
  'electron/renderer-files.ts': 'the windows',
  'electron/shell/window-state.ts': 'where the window was',
  'electron/shell/window-storage.ts': 'what the window keeps',
  'electron/shell/platform-updater.ts': 'the channel of updates',
  'electron/updater/download.ts': 'a download',
  'electron/updater/hand-file.ts': 'an update that was brought by hand',
  'electron/updater/memory.ts': 'what was seen of updates',
  'electron/web/open-in-browser.ts': 'the page that leads the browser to the host',
  'electron/web/port.ts': 'the port',
}

test('nothing but SQLite opens the database while it is in use', () => {
  const main = sources.filter(({ path }) => /^(db|electron)\//.test(path))
  expect(main.filter(({ text }) => whole.test(text)).map(({ path }) => path)).toEqual([])
  const opening = main
    .filter(({ text }) =>
      [...text.matchAll(named)].some(([, names = '']) => names.split(',').some((name) => openers.test(name.trim()))),
    )
    .map(({ path }) => path)
  // Whoever is new to this list says what it opens.
  expect(opening.sort()).toEqual(Object.keys(never).sort())
})
