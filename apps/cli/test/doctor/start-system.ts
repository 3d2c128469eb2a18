import { readCatalogConfig } from '@mercat/catalog/config'
import { startCatalog } from '@mercat/catalog/server'
import { readOrderConfig } from '@mercat/order/config'
import { startOrder } from '@mercat/order/server'
import { createLog } from '@mercat/service/log'
import { runMercat } from '@mercat/testing/run-mercat'
import { createTestDatabase } from '@mercat/testing/test-database'

const secret = 'the secret of the services under test'
const log = createLog('test', 'silent')

/** Both services on new PostgreSQL databases, and the doctor that looks at them. */
export async function startSystem() {
	await using opened = new AsyncDisposableStack()
	const catalogDb = opened.use(await createTestDatabase('postgres')).url
	const orderDb = opened.use(await createTestDatabase('postgres')).url
	const common = { PORT: '0', JWT_SECRET: secret, LOG_LEVEL: 'silent' }
	const catalogService = opened.use(new AsyncDisposableStack())
	const catalog = catalogService.adopt(
		await startCatalog(readCatalogConfig({ ...common, DATABASE_URL: catalogDb }), log),
		({ close }) => close(),
	)
	const address = `127.0.0.1:${catalog.address.port}`
	const orderConfig = readOrderConfig({
		...common,
		DATABASE_URL: orderDb,
		CATALOG_ADDRESS: address,
		REQUEST_BUDGET_MS: '15000',
	})
	const order = opened.adopt(await startOrder(orderConfig, log), ({ close }) => close())
	const resources = opened.move()
	return {
		stopCatalog: () => catalogService.disposeAsync(),
		async doctor(variables: { [name: string]: string } = {}) {
			const databases = ['--catalog-db', catalogDb, '--order-db', orderDb]
			const services = ['--catalog', address, '--orders', `http://127.0.0.1:${order.address.port}/`]
			return readResult(await runMercat(['doctor', ...databases, ...services], { JWT_SECRET: secret, ...variables }))
		},
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

/** The exit code of the doctor, and its lines by their subjects. */
export function readResult({ exitCode, stdout, stderr }: Awaited<ReturnType<typeof runMercat>>) {
	const lines = stdout
		.trimEnd()
		.split('\n')
		.map((line) => /^(ok|WRONG) +([a-z ]+): (.+)$/.exec(line) ?? [line, '', line, ''])
		.map(([, state, subject, sentence]) => [subject, `${state}: ${sentence}`] as const)
	return { exitCode, stderr, lines: Object.fromEntries(lines) as Record<string, string> }
}
