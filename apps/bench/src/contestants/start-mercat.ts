import { randomBytes, randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Bench, fileNameOf, profileFlags, throwIfInterrupted } from '../running/bench.ts'
import { startProcess } from '../running/bench-process.ts'
import type { Checkout } from '../running/checkout.ts'
import { importProducts } from './import-products.ts'
import type { ShopFront } from './shop-front.ts'

type MercatOptions = {
	/** Default: this checkout. */
	checkout?: Checkout
	name?: string
	engine?: 'postgres' | 'pglite'
	/** Empty databases; new ones of the bench, unless given. */
	databaseUrls?: { catalog: string; order: string }
	/** Every batch has one item, and the number of concurrent batches is unlimited. */
	unbatched?: boolean
	/** Number of worker processes of each service, which share one port. */
	workers?: number
	/** URLs that receive every event. */
	webhookUrls?: string[]
	/** More environment variables of each service. */
	variables?: { catalog: Record<string, string>; order: Record<string, string> }
	/** The file to which both services log; stderr of the bench, unless given. */
	logFile?: string
}

export type Mercat = ShopFront & { databaseUrls: { catalog: string; order: string } }

const batchesOfOne = fileURLToPath(new URL('../unbatched/preload.ts', import.meta.url))

// Longer than any run, so that no order expires during a measurement.
const paymentWindowS = '72000'

const webhookSecret = `whsec_${randomBytes(32).toString('base64')}`

/** Starts both services, each in a process and on a database of its own, and imports all products. */
export async function startMercat(
	bench: Bench,
	{
		checkout = bench.own,
		name = checkout.name,
		engine = 'postgres',
		databaseUrls: givenUrls,
		unbatched = false,
		workers = 1,
		webhookUrls = [],
		variables,
		logFile,
	}: MercatOptions = {},
): Promise<Mercat> {
	await throwIfInterrupted(bench)
	await using opened = new AsyncDisposableStack()
	const createDatabase = async () => {
		if (engine === 'pglite') return `pglite:${join(bench.folder, randomUUID())}`
		return opened.use(await bench.postgres.createDatabase()).url
	}
	const databaseUrls = givenUrls ?? { catalog: await createDatabase(), order: await createDatabase() }
	const common = {
		PORT: '0',
		JWT_SECRET: bench.secret,
		LOG_LEVEL: 'warn',
		WORKERS: String(workers),
		NODE_COMPILE_CACHE: join(bench.folder, 'compile-cache', fileNameOf(name)),
	}
	const flags = (role: string) => [
		...checkout.nodeFlags,
		...(unbatched ? ['--import', batchesOfOne] : []),
		...profileFlags(bench, name, role),
	]

	const catalog = opened.use(
		await startProcess({
			role: 'catalog',
			entryPoint: checkout.services.catalog,
			env: { ...common, DATABASE_URL: databaseUrls.catalog, ...variables?.catalog },
			execArgv: flags('catalog'),
			stdoutFile: logFile,
		}),
	)
	await importProducts(catalog.address, bench.secret)
	const order = opened.use(
		await startProcess({
			role: 'order',
			entryPoint: checkout.services.order,
			env: {
				...common,
				DATABASE_URL: databaseUrls.order,
				CATALOG_ADDRESS: catalog.address,
				RATE_LIMIT: '0',
				MAX_UNPAID_ORDERS: '0',
				PAYMENT_WINDOW_S: paymentWindowS,
				...(webhookUrls.length > 0 && { WEBHOOK_URLS: webhookUrls.join(','), WEBHOOK_SECRET: webhookSecret }),
				...variables?.order,
			},
			execArgv: flags('order'),
			stdoutFile: logFile,
		}),
	)
	const resources = opened.move()
	return { name, catalog, order, databaseUrls, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
