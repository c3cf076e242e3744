import { configDefaults, defineConfig } from 'vitest/config'

// Stands in for a module of ours, which others must not get.
const alone = ['tests/fault/past-disk.test.ts']

export default defineConfig({
  test: {
    setupFiles: ['tests/support/cheap-hashes.ts'],
    testTimeout: 60_000,
    hookTimeout: 120_000,
    maxWorkers: 2,
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          include: ['tests/**/*.test.{ts,tsx}'],
          exclude: [...configDefaults.exclude, 'tests/e2e/**', ...alone],
          // Each file opens data of its own; what they share is code, which takes longer to load than most of them to run.
          isolate: false,
        },
      },
      { extends: true, test: { name: 'alone', include: alone } },
    ],
  },
})
