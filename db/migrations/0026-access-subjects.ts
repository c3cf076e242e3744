import type { Migration } from './migration.ts'

/** Who looked at somebody's data is asked for on that one's page: the looks are found by whose they are. */
export const accessSubjects: Migration = {
  version: 26,
  name: 'access-subjects',
  up: (run) => run('CREATE INDEX accesses_subject ON accesses (subject_id, created_at) WHERE subject_id IS NOT NULL;'),
}
