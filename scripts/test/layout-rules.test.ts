import { matchesGlob, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { adapters } from '../layout/adapters.ts'
import { importRules } from '../layout/import-rules.ts'
import { checkLayout } from '../layout/layout.ts'
import { readCheckout } from '../layout/read-checkout.ts'
import { readWorkspace } from '../layout/workspace.ts'
import { planted, plantedSpellings } from './planted-imports.ts'
import { brokenRules, modules, shop } from './planted-shop.ts'

const checkout = readCheckout(resolve(import.meta.dirname, '../..'))

test('this repository breaks no rule of its layout', () => {
	expect(checkLayout(checkout).violations.map(({ sentence }) => sentence)).toEqual([])
})

describe.each(adapters)('the exception of $name', ({ files, touches }) => {
	const arrows = readWorkspace(checkout).arrows.filter(({ from }) => matchesGlob(from, files))

	test('is still of use', () => {
		expect(arrows).not.toEqual([])
	})

	test.each(touches)('still needs %s', (glob) => {
		expect(arrows.filter(({ specifier }) => matchesGlob(specifier, glob))).not.toEqual([])
	})
})

describe('the rules of imports', () => {
	test('each have an import that is planted here', () => {
		expect(planted.map(([rule]) => rule)).toEqual(importRules.map(({ name }) => name))
	})

	test.each(planted)('%s: %s fails with this import', (rule, path, text) => {
		const { violations } = checkLayout([...shop, { path, text }])
		const why = importRules.find(({ name }) => name === rule)?.why
		expect(violations).toEqual([expect.objectContaining({ rule, path })])
		expect(violations[0]?.sentence).toContain(`${path} imports `)
		expect(violations[0]?.sentence).toContain(why)
	})

	test('let adapters touch the outside and the core import the core', () => {
		const allowed = modules({
			'services/order/src/server.ts': "import fastify from 'fastify'\nimport './placing/placing-routes.ts'",
			'services/order/src/placing/placing-routes.ts': "import type { App } from 'fastify'\nimport './place-order.ts'",
			'services/order/src/placing/placing-store.ts': "import { openDatabase } from '@mercat/database/database'",
			'services/order/src/placing/batched-placing.ts': "import { isItemsFault } from '@mercat/database/errors'",
			'services/order/src/placing/place-order.ts': "import { hash } from 'node:crypto'\nimport '../order/order.ts'",
			'services/order/src/outbox/relay.ts': "import type { Logger } from '@mercat/service/log'",
			'services/order/test/order.test.ts': "import { startCatalog } from '@mercat/catalog/server'",
		})
		expect(brokenRules(allowed)).toEqual([])
	})

	test.each(plantedSpellings)('see in %s: %s', (path, text, rule) => {
		expect(brokenRules(modules({ [path]: text }))).toContain(rule)
	})

	test('let a test tool resolve a package, and an app load a module that it computes', () => {
		const allowed = modules({
			'packages/testing/src/postgres/postgres-server.ts':
				"import { createRequire } from 'node:module'\nconst require = createRequire(createRequire(import.meta.url).resolve('pg'))",
			'apps/cli/src/read-checkout.ts': 'const module = await import(urlOf(name))',
			'examples/place-order.ts': "import { setTimeout as sleep } from 'node:timers/promises'",
			'scripts/test/docs.test.ts': "import { welcome } from '../../apps/cli/src/start/welcome.ts'",
		})
		expect(brokenRules(allowed)).toEqual([])
	})
})

describe('a package', () => {
	const imports = (path: string, specifier: string) => brokenRules(modules({ [path]: `import '${specifier}'` }))

	test('imports no package that its package.json does not name', () => {
		expect(imports('packages/database/src/database.ts', 'kysely')).toEqual(['packages name what they import'])
	})

	test('loads devDependencies in tests only', () => {
		expect(imports('packages/database/src/database.ts', 'vitest')).toEqual(['packages name what they import'])
		expect(imports('packages/database/test/database.test.ts', 'vitest')).toEqual([])
	})
})
