import { z } from 'zod'
import channelFile from '../../resources/updates/channel.json' with { type: 'json' }

const channelSchema = z.strictObject({
  /** The folder that new versions are announced in; null where none is set up. */
  feed: z.string().nullable(),
  /** Raw Ed25519 keys in base64: the one that signs, and beside it the next one while keys are changed. */
  publicKeys: z.array(z.string().regex(/^[A-Za-z0-9+/]{43}=$/)).max(4),
})

export type UpdateChannel = z.output<typeof channelSchema> & {
  /** Whether a feed may be on this computer, over http: for tests. */
  readonly allowLoopback: boolean
}

/** A channel from parsed JSON; ZodError where it is none. */
export const readChannel = (json: unknown, allowLoopback = false): UpdateChannel => ({
  ...channelSchema.parse(json),
  allowLoopback,
})

/** The channel that this build was made for, fixed in the program itself. */
export const builtInChannel: UpdateChannel = readChannel(channelFile)
