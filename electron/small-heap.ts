import { setFlagsFromString } from 'node:v8'

// From V8 12 on (Node 22) there is one more by default.
const compilers =
  Number.parseInt(process.versions.v8, 10) < 12 ? ['sparkplug', 'turbofan'] : ['sparkplug', 'maglev', 'turbofan']

// A twentieth of a second in which goes back what the start left: V8 would keep it until it has filled it. `npm start`
// gives the way to ask for that; without it the process is a little larger.
const collect = () => {
  // What has run once is thrown away at the first look and not at the sixth: it is read again where it is called again.
  setFlagsFromString('--bytecode-old-age=1')
  globalThis.gc?.({ type: 'major', flavor: 'last-resort', execution: 'sync' })
  setFlagsFromString('--bytecode-old-age=6')
}

/**
 * Keeps what the start of a process takes small, until what it gives is called. V8 lets the part of the heap for what is
 * new grow sixteenfold while a program is read, and never gives that back: it stays at the megabyte that it begins with,
 * which costs no call any time. And what runs once at the start is not made fast: that would bring in the compilers.
 */
export const keepStartSmall = (): (() => void) => {
  setFlagsFromString('--semi-space-growth-factor=1')
  for (const compiler of compilers) setFlagsFromString(`--no-${compiler}`)
  return () => {
    for (const compiler of compilers) setFlagsFromString(`--${compiler}`)
    collect()
  }
}
