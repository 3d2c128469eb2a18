import { defineConfig } from 'vitest/config'
import type { Reporter, TestModule } from 'vitest/node'

/** The line that the run ends with, for people and for scripts. */
const closingLine: Reporter = {
	onTestRunEnd(modules: readonly TestModule[], errors) {
		const tests = modules.flatMap((module) => [...module.children.allTests()])
		const count = (state: string) => tests.filter((test) => test.result().state === state).length
		// A file that could not run, or an error that no test caught, is a failure too.
		const failed = count('failed') + errors.length + modules.filter((module) => module.errors().length > 0).length
		console.log(`tests: ${count('passed')} passed, ${failed} failed, ${count('skipped')} skipped`)
	},
}

const chaos = '{apps,services}/*/test/chaos/**/*.test.ts'

export default defineConfig({
	test: {
		globalSetup: ['packages/testing/src/global-setup.ts'],
		reporters: ['default', closingLine],
		testTimeout: 120_000,
		hookTimeout: 120_000,
		projects: [
			{
				test: {
					name: 'fast',
					include: ['{apps/*,services/*,packages/*,scripts}/test/**/*.test.ts'],
					exclude: ['**/node_modules/**', chaos],
					// The machine has two cores, and each file starts databases and services of its own.
					maxWorkers: 2,
					// Loading the modules of the services for each file took a third of the time.
					isolate: false,
					setupFiles: ['packages/service/test/reset-metrics.ts'],
					sequence: { groupOrder: 1 },
				},
			},
			{
				test: {
					name: 'chaos',
					include: [chaos],
					// Beside another file, the starts of killed processes take so long that a pair takes more time than one after the other.
					maxWorkers: 1,
					testTimeout: 600_000,
					hookTimeout: 240_000,
					sequence: { groupOrder: 2 },
				},
			},
		],
	},
})
