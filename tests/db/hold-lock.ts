import { lockDirectory } from '../../db/lock.ts'

// Run as a process of its own: takes the data directory, says so, and holds it until it is killed.
lockDirectory(process.argv[2] ?? '')
process.stdout.write('held\n')
setInterval(() => undefined, 1000)
