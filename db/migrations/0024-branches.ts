import type { Migration } from './migration.ts'

const documents = ['invoices', 'quotes', 'credit_notes'] as const

/**
 * Branches that documents belong to: how to reach one, the schedule's own, and lists of one branch. Only rows of a branch
 * are in an index: who has one place pays nothing for it. NULL is the whole business, as in every row until now.
 */
export const branchesOfDocuments: Migration = {
  version: 24,
  name: 'branches',
  up: (run) => {
    run('ALTER TABLE branches ADD COLUMN email TEXT')
    run('ALTER TABLE branches ADD COLUMN phone TEXT')
    run('ALTER TABLE recurring_invoices ADD COLUMN branch_id TEXT REFERENCES branches(id)')
    for (const table of documents) {
      run(`CREATE INDEX ${table}_branch ON ${table} (branch_id, issued_on, id)
        WHERE branch_id IS NOT NULL AND deleted_at IS NULL`)
    }
    run(
      'CREATE INDEX payments_branch ON payments (branch_id, received_on, id) WHERE branch_id IS NOT NULL AND deleted_at IS NULL',
    )
  },
}
