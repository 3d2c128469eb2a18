import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import { type Bench, fileNameOf, profileFlags } from '../running/bench.ts'
import { type BenchProcess, startProcess } from '../running/bench-process.ts'
import type { Checkout } from '../running/checkout.ts'

export type RunningCatalog = BenchProcess & { databaseUrl: string }

/** Starts the catalog of a checkout in a process of its own, on an empty database. */
export async function startCatalog(
	bench: Bench,
	checkout: Checkout,
	engine: 'postgres' | 'pglite' = 'postgres',
): Promise<RunningCatalog> {
	await using opened = new AsyncDisposableStack()
	const databaseUrl =
		engine === 'pglite'
			? `pglite:${join(bench.folder, randomUUID())}`
			: opened.use(await bench.postgres.createDatabase()).url
	const catalog = opened.use(
		await startProcess({
			role: 'catalog',
			entryPoint: checkout.services.catalog,
			env: {
				PORT: '0',
				JWT_SECRET: bench.secret,
				LOG_LEVEL: 'warn',
				DATABASE_URL: databaseUrl,
				NODE_COMPILE_CACHE: join(bench.folder, 'compile-cache', fileNameOf(checkout.name)),
			},
			execArgv: [...checkout.nodeFlags, ...profileFlags(bench, checkout.name, `catalog-${randomUUID().slice(0, 4)}`)],
		}),
	)
	const resources = opened.move()
	return { ...catalog, databaseUrl, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
