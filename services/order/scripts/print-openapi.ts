// Prints the OpenAPI document of the service. It needs no database and no catalog, because no request reaches them.
import { createLog } from '@mercat/service/log'
import { createTaskQueue } from '@mercat/service/task-queue'
import { tokenRules } from '@mercat/service/tokens'
import { type AppNeeds, buildApp } from '../src/app.ts'
import { readOrderConfig } from '../src/config.ts'

const config = readOrderConfig({
	JWT_SECRET: 'no request is made, so no token is verified',
	DATABASE_URL: 'pglite:memory',
	CATALOG_ADDRESS: 'dns:///catalog:50051',
})
const log = createLog('openapi', 'silent')
const unused = {}
const app = await buildApp({
	config,
	log,
	tokenRules: tokenRules(config.tokens, log),
	customerPseudonym: (customer) => customer,
	noteUnchanged() {},
	inTurn: createTaskQueue(1),
	placing: unused as AppNeeds['placing'],
	reading: unused as AppNeeds['reading'],
	transitions: unused as AppNeeds['transitions'],
	webhooks: unused as AppNeeds['webhooks'],
	products: unused as AppNeeds['products'],
	productChanges: { streams: { endAll() {} } } as unknown as AppNeeds['productChanges'],
	events: { streams: { endAll() {} } } as unknown as AppNeeds['events'],
	staff: { orderEvents: unused, outbox: unused, status: { streams: { endAll() {} } } } as unknown as AppNeeds['staff'],
	isReady: async () => false,
	isDraining: () => false,
})
const { payload } = await app.inject('/openapi.json')
await app.close()
process.stdout.write(`${JSON.stringify(JSON.parse(payload), null, '\t')}\n`)
