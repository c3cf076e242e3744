/** One step of the schema. Frozen once landed: it speaks SQL only and imports nothing of ours. */
export type Migration = {
  readonly version: number
  readonly name: string
  readonly up: (run: (sql: string) => void) => void
}
