import { z } from 'zod'
import { emptyInput } from './fields.ts'
import { command, query } from './procedure.ts'

const state = z.object({
  /** `unavailable`: this host cannot replace itself; `held-back`: a new version whose turn on this device has not come. */
  status: z.enum([
    'unavailable',
    'no-feed',
    'idle',
    'checking',
    'current',
    'held-back',
    'available',
    'downloading',
    'ready',
    'installing',
    'failed',
  ]),
  currentVersion: z.string(),
  version: z.string().nullable(),
  releasedAt: z.string().nullable(),
  notes: z.string().nullable(),
  sizeBytes: z.number().nullable(),
  receivedBytes: z.number(),
  /** What went wrong last, in words. */
  problem: z.string().nullable(),
  checkedAt: z.string().nullable(),
  installAtQuit: z.boolean(),
})

/** New versions of the program itself: looked for, fetched and installed on a person's word only. */
export const updates = {
  state: query({
    permission: 'workspace',
    summary: 'The version that runs, and what is known of a newer one.',
    input: emptyInput,
    output: state,
  }),
  check: command({
    permission: 'organizations.manage',
    summary: 'Asks the feed for a new version and checks the signature of its answer.',
    changes: [],
    input: emptyInput,
    output: state,
  }),
  download: command({
    permission: 'organizations.manage',
    summary: 'Begins to download the version that was found; its progress is in the state.',
    changes: [],
    input: emptyInput,
    output: state,
  }),
  cancel: command({
    permission: 'organizations.manage',
    summary: 'Stops the download, or takes back that a version is installed when the app ends.',
    changes: [],
    input: emptyInput,
    output: state,
  }),
  install: command({
    permission: 'organizations.manage',
    summary: 'Backs up and installs the downloaded version, now (the app starts again) or when the app ends.',
    changes: [],
    input: z.object({ when: z.enum(['now', 'quit']) }),
    output: state,
  }),
}
