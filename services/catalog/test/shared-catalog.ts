import type { Engine } from '@mercat/testing/test-database'
import { afterAll, beforeAll } from 'vitest'
import { startTestCatalog, type TestCatalog } from './start-catalog.ts'

/** A catalog that all tests of a file or a `describe` share. It runs while they run: only hooks and tests may use it. */
export function sharedCatalog(engine: Engine): TestCatalog {
	const catalog = {} as TestCatalog
	beforeAll(async () => {
		Object.assign(catalog, await startTestCatalog(engine))
	})
	afterAll(() => catalog[Symbol.asyncDispose]())
	return catalog
}
