import { matchesGlob, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { adapters, importRules } from '../layout/import-rules.ts'
import { checkLayout } from '../layout/layout.ts'
import { readCheckout } from '../layout/read-checkout.ts'
import { brokenRules, modules, shop } from './planted-shop.ts'

const checkout = readCheckout(resolve(import.meta.dirname, '../..'))

// For each rule of the table one file with one import that the rule refuses.
const planted: [rule: string, path: string, text: string][] = [
	['apps are the top floor', 'services/order/src/server.ts', "import { start } from '@mercat/cli/start'"],
	['packages import no service', 'packages/database/src/database.ts', "import '@mercat/order/config'"],
	[
		'services import no service',
		'services/order/src/server.ts',
		"import { startCatalog } from '@mercat/catalog/server'",
	],
	['packages are imported by name', 'apps/cli/src/start.ts', "import '../../../packages/database/src/database.ts'"],
	[
		'folders do not import the root',
		'services/order/src/outbox/relay.ts',
		"import type { Config } from '../config.ts'",
	],
	['the edge imports no capability', 'services/order/src/http/problems/problem.ts', "import '../../order/order.ts'"],
	['the core loads nothing from outside', 'services/order/src/reading/list-orders.ts', "import pg from 'pg'"],
	[
		'the core names no type from outside',
		'services/order/src/placing/price.ts',
		"import type { Server } from 'fastify'",
	],
	[
		'the core imports no adapter',
		'services/order/src/placing/price.ts',
		"import type { Store } from './placing-store.ts'",
	],
	['the core imports nothing of the edge', 'services/catalog/src/stock/stock.ts', "import '../grpc/errors.ts'"],
	['stores know only the database', 'services/order/src/placing/placing-store.ts', "import 'fastify'"],
	['routes know only HTTP', 'services/order/src/placing/placing-routes.ts', "import './placing-store.ts'"],
	['clients know only their peer', 'services/order/src/catalog/catalog-client.ts', "import '@mercat/database/errors'"],
]

test('this repository breaks no rule of its layout', () => {
	expect(checkLayout(checkout).violations.map(({ sentence }) => sentence)).toEqual([])
})

test.each(adapters)('the exception %s is still of use', (glob) => {
	expect(checkout.filter(({ path }) => matchesGlob(path, glob))).not.toEqual([])
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

	test.each([
		['order/order-states.ts', "import { startCatalog } from '@mercat/catalog/server'", 'services import no service'],
		['order/order-view.ts', "import { status } from '@grpc/grpc-js'", 'the core loads nothing from outside'],
		['order/order-view.ts', "const grpc = await import('@grpc/grpc-js')", 'the core loads nothing from outside'],
		['order/order-view.ts', "export { status } from '@grpc/grpc-js'", 'the core loads nothing from outside'],
		['server.ts', "const main = import.meta.resolve('@mercat/catalog/main')", 'services import no service'],
	])('see in %s: %s', (name, text, rule) => {
		expect(brokenRules(modules({ [`services/order/src/${name}`]: text }))).toContain(rule)
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
