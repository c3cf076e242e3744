import { AppError } from '../../shared/errors.ts'
import { judgePassword } from '../../shared/people/passwords.ts'
import { refusePin } from '../../shared/people/pins.ts'
import { firstUse } from '../first-use.ts'
import { type HashCost, isLess, leastCost, measureCost } from './hash-cost.ts'

// A library of its own, which nobody needs who comes in without a password.
const argon2 = () => import('@node-rs/argon2')

// The same password from another keyboard: composed letters have one spelling.
const spelled = (secret: string) => secret.normalize('NFKC')

const hashAt = async (password: string, { memoryKib, passes }: HashCost) =>
  (await argon2()).hash(spelled(password), { memoryCost: memoryKib, timeCost: passes, parallelism: 1 })

// Measured once; one that failed is measured anew.
const cost = firstUse(() => measureCost(() => hashAt('how long does it take', leastCost)))

/** What a password costs on this computer, measured with its first use. */
export const costNow = (): Promise<HashCost> => cost.use()

/** A secret of a person as a PHC string of Argon2id, for the database. */
export const hashSecret = async (secret: string): Promise<string> => hashAt(secret, await cost.use())

const parts = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=1\$/

/** Whether a hash cost less than this: hash again at the next sign-in. A slow moment makes none weaker than it is. */
export const isWeaker = (phc: string, than: HashCost): boolean => {
  const found = parts.exec(phc)
  return found === null || isLess({ memoryKib: Number(found[1]), passes: Number(found[2]) }, than)
}

/** Whether a secret is the one of a hash; false for a hash that cannot be read. */
export const matchesSecret = async (secret: string, phc: string): Promise<boolean> => {
  const { verify } = await argon2()
  try {
    return await verify(phc, spelled(secret))
  } catch {
    return false
  }
}

const nobody = '$argon2id$v=19$m=65536,t=3,p=1$LdekG7zKslE3lNnXS4hbgg$OfFGL60WUoJcxOTWqOd08Q9fnBR4IRUP45JPiUbREL8'

/** Takes as long as a check does, for a person who is not there or has no password; always false. */
export const matchesNobody = async (secret: string): Promise<false> => {
  await matchesSecret(secret, nobody)
  return false
}

/** AppError VALIDATION with the reason where a new password is not taken; `own` are name, address and business. */
export const assertPassword = (password: string, own: readonly (string | null)[], field = 'password'): void => {
  const { refusal } = judgePassword(password, own)
  if (refusal !== null) throw new AppError('VALIDATION', refusal, { fields: { [field]: refusal } })
}

/** AppError VALIDATION with the reason where a new PIN is not taken. */
export const assertPin = (pin: string): void => {
  const refusal = refusePin(pin)
  if (refusal !== null) throw new AppError('VALIDATION', refusal, { fields: { pin: refusal } })
}
