import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../../../shared/data/payments/', import.meta.url))

/** The public examples of payment codes beside the project, or null, said loudly, where they are not. */
export const paymentSamples = (): { epc: string; swiss: { txt: string; png: string }[] } | null => {
  if (!existsSync(folder)) {
    process.stderr.write(`left out: the examples of payment codes; ${folder} is not there\n`)
    return null
  }
  const swiss = join(folder, 'swiss-qr')
  const texts = readdirSync(swiss).filter((name) => name.endsWith('.txt'))
  return {
    epc: join(folder, 'epc-qr-official-examples.txt'),
    swiss: texts.map((name) => ({ txt: join(swiss, name), png: join(swiss, name.replace('.txt', '.png')) })),
  }
}
