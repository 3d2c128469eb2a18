import { defineConfig } from 'vitest/config'

export default defineConfig({
	test: {
		include: ['packages/*/test/**/*.test.ts', 'services/*/test/**/*.test.ts'],
		globalSetup: ['packages/database/src/testing/global-setup.ts'],
		// The machine has two cores, and each file starts databases and services of its own.
		maxWorkers: 2,
		testTimeout: 30_000,
		hookTimeout: 60_000,
	},
})
