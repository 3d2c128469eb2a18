const core = 'services/order/src/placing/price.ts'
const store = 'services/order/src/placing/placing-store.ts'
const routes = 'services/order/src/placing/placing-routes.ts'
const client = 'services/order/src/catalog/catalog-client.ts'
const batched = 'services/order/src/placing/batched-placing.ts'
const token = 'services/order/src/catalog/catalog-token.ts'
const sourceSettings = 'services/market/src/settings/read-source.ts'
const analysisThread = 'services/market/src/analyses/threads/judge.ts'
const sourceKeeper = 'services/market/src/sources/keep-source.ts'
const webhook = 'services/order/src/outbox/deliver-webhook.ts'
const relays = 'services/order/src/outbox/relays.ts'
const eventWriter = 'services/order/src/events/event-writer.ts'
const changeWriter = 'services/catalog/src/changes/log/open-change-log.ts'
const stockFollower = 'services/catalog/src/changes/availability/follow-stock.ts'
const requestKeeper = 'services/order/src/refusals/request-keeper.ts'
const dispatcher = 'services/order/src/webhooks/dispatching/dispatcher.ts'
const columnsKeeper = 'services/catalog/src/search/columns/create-columns.ts'
const server = 'services/order/src/server.ts'

/** For each rule of the table one file with one import that only this rule refuses. */
export const planted: [rule: string, path: string, text: string][] = [
	['apps are the top floor', server, "import { start } from '@mercat/cli/start'"],
	['packages import no service', 'packages/database/src/database.ts', "import '@mercat/order/config'"],
	['services import no service', server, "import { startCatalog } from '@mercat/catalog/server'"],
	['scripts are for the repository only', server, "import { checkLayout } from '../../../scripts/layout/layout.ts'"],
	['modules have fixed names', server, 'const module = await import(name)'],
	['modules are imported', server, "import { createRequire } from 'node:module'"],
	['examples need only Node', 'examples/place-order.ts', "import { Problem } from '@mercat/rest-api/problem'"],
	['packages are imported by name', 'apps/cli/src/start.ts', "import '../../../packages/database/src/database.ts'"],
	[
		'folders do not import the root',
		'services/order/src/outbox/relay.ts',
		"import type { Config } from '../config.ts'",
	],
	['the edge imports no capability', 'services/order/src/http/problems/problem.ts', "import '../../order/order.ts'"],
	['the core loads nothing from outside', core, "import pg from 'pg'"],
	['the core names no type from outside', core, "import type { Server } from 'fastify'"],
	['the core imports no adapter', core, "import type { Store } from './placing-store.ts'"],
	['the core imports nothing of the edge', 'services/catalog/src/stock/stock.ts', "import '../grpc/errors.ts'"],
	['the outside of stores', store, "import { createClient } from '@mercat/catalog-api/client'"],
	['the adapters beside stores', store, "import '../catalog/catalog-client.ts'"],
	['the outside of routes', routes, "import { openDatabase } from '@mercat/database/database'"],
	['the adapters beside routes', routes, "import './placing-store.ts'"],
	['the outside of clients', client, "import '@mercat/database/errors'"],
	['the adapters beside clients', client, "import '../placing/placing-routes.ts'"],
	['the outside of batched files', batched, "import fastify from 'fastify'"],
	['the adapters beside batched files', batched, "import './placing-store.ts'"],
	['the outside of catalog tokens', token, "import { readFileSync } from 'node:fs'"],
	['the adapters beside catalog tokens', token, "import './catalog-client.ts'"],
	['the outside of settings of sources', sourceSettings, "import { connect } from 'node:net'"],
	['the adapters beside settings of sources', sourceSettings, "import '../sources/source-store.ts'"],
	['the outside of threads of analyses', analysisThread, "import { connect } from 'node:net'"],
	['the adapters beside threads of analyses', analysisThread, "import '../analysis-store.ts'"],
	['the outside of keepers of sources and analyses', sourceKeeper, "import { connect } from 'node:net'"],
	['the adapters beside keepers of sources and analyses', sourceKeeper, "import './source-store.ts'"],
	['the outside of webhooks', webhook, "import { openDatabase } from '@mercat/database/database'"],
	['the adapters beside webhooks', webhook, "import './outbox-store.ts'"],
	['the outside of relays', relays, "import { status } from '@grpc/grpc-js'"],
	['the adapters beside relays', relays, "import './outbox-store.ts'"],
	['the outside of writer of events', eventWriter, "import { connect } from 'node:net'"],
	['the adapters beside writer of events', eventWriter, "import './event-log-store.ts'"],
	['the outside of writer of product changes', changeWriter, "import { connect } from 'node:net'"],
	['the adapters beside writer of product changes', changeWriter, "import './change-log-store.ts'"],
	['the outside of followers of the stock', stockFollower, "import { connect } from 'node:net'"],
	['the adapters beside followers of the stock', stockFollower, "import './stock-change-store.ts'"],
	['the outside of keeper of refused requests', requestKeeper, "import { connect } from 'node:net'"],
	['the adapters beside keeper of refused requests', requestKeeper, "import './kept-request-store.ts'"],
	['the outside of dispatcher of webhooks', dispatcher, "import { connect } from 'node:net'"],
	['the adapters beside dispatcher of webhooks', dispatcher, "import './delivery-store.ts'"],
	['the outside of keeper of search columns', columnsKeeper, "import { connect } from 'node:net'"],
	['the adapters beside keeper of search columns', columnsKeeper, "import './columns-store.ts'"],
	['routes load no Fastify', routes, "import { fastify } from 'fastify'"],
]

const loads = 'the core loads nothing from outside'

/** Other ways to reach a module, each with the rule that refuses it. */
export const plantedSpellings: [path: string, text: string, rule: string][] = [
	[core, "import { startCatalog } from '@mercat/catalog/server'", 'services import no service'],
	[core, "const grpc = await import('@grpc/grpc-js')", loads],
	[core, "export { status } from '@grpc/grpc-js'", loads],
	[core, "import { createRpcs } from '@mercat/grpc-service/rpc'", loads],
	[core, "\timport pg from 'pg'", loads],
	[core, 'const pg = await import(`pg`)', loads],
	[core, "const pg = await import(/* lazy */ 'pg')", loads],
	[core, "import pg = require('pg')", loads],
	[core, "const pg = require('pg')", loads],
	[core, "const pg = createRequire(import.meta.url)('pg')", loads],
	[core, "const load = createRequire(import.meta.url)\nload('pg')", loads],
	[core, "import defer * as pg from 'pg'", loads],
	[core, "const fs = process.getBuiltinModule('node:fs')", loads],
	[core, "const fs = process.getBuiltinModule('fs')", loads],
	[core, "const { createRequire } = await import('node:module')", loads],
	[core, "const pg = import.meta.resolve('pg')", loads],
	[core, 'const pg = await import(\'data:text/javascript,export * from "pg"\')', loads],
	[core, "import '../../../../../outside.ts'", loads],
	[core, "import '../../lib/outside.ts'", loads],
	[core, "const store = new URL('./placing-store.ts', import.meta.url)", 'the core imports no adapter'],
	[core, "const store = import.meta.resolve('./placing-store.ts')", 'the core imports no adapter'],
	[core, "const pg = await import('p' + 'g')", 'modules have fixed names'],
	[server, "const main = import.meta.resolve('@mercat/catalog/main')", 'services import no service'],
	[
		server,
		"const layout = new URL('../../../scripts/check-layout.ts', import.meta.url)",
		'scripts are for the repository only',
	],
	[
		'packages/database/src/database.ts',
		"import '../../../scripts/check-layout.ts'",
		'scripts are for the repository only',
	],
	['packages/database/src/database.ts', "process.getBuiltinModule('module')", 'modules are imported'],
	['scripts/check-layout.ts', "import '../packages/database/src/database.ts'", 'packages are imported by name'],
	['examples/place-order.ts', "import fastify from 'fastify'", 'examples need only Node'],
	['examples/place-order.ts', "import '../scripts/check-layout.ts'", 'examples need only Node'],
	[store, "import { connect } from 'node:net'", 'the outside of stores'],
	[store, "import type { Stats } from 'node:fs'", 'the outside of stores'],
	[store, "import pg from 'pg'", 'the outside of stores'],
	[store, "import { status } from '@grpc/grpc-js'", 'the outside of stores'],
	[store, "import { createGrpcService } from '@mercat/grpc-service/grpc-service'", 'the outside of stores'],
	[store, "import '../http/staff.ts'", 'the adapters beside stores'],
	[routes, "import { connect } from 'net'", 'the outside of routes'],
	[routes, "import '../catalog/catalog-call.ts'", 'the adapters beside routes'],
	[client, "import { writeFile } from 'node:fs/promises'", 'the outside of clients'],
	[client, "import type { FastifyRequest } from 'fastify'", 'the outside of clients'],
	[batched, "import { status } from '@grpc/grpc-js'", 'the outside of batched files'],
	[batched, "import { openDatabase } from '@mercat/database/database'", 'the outside of batched files'],
]
