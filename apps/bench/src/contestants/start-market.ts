import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import getPort from 'get-port'
import { type Bench, fileNameOf, profileFlags } from '../running/bench.ts'
import { type BenchProcess, startProcess } from '../running/bench-process.ts'

export type RunningMarket = BenchProcess & {
	databaseUrl: string
	/** Where it tells its metrics. */
	metricsUrl: string
}

/** Starts the market of this checkout in a process of its own, on an empty database, with one source. */
export async function startMarket(
	bench: Bench,
	{ name, catalogAddress, source }: { name: string; catalogAddress: string; source: { name: string; url: string } },
): Promise<RunningMarket> {
	await using opened = new AsyncDisposableStack()
	const { url: databaseUrl } = opened.use(await bench.postgres.createDatabase())
	const sources = join(bench.folder, `${fileNameOf(name)}-sources.json`)
	writeFileSync(sources, JSON.stringify({ sources: [{ ...source, allowPrivate: true }] }))
	const metricsPort = await getPort()
	const market = opened.use(
		await startProcess({
			role: 'market',
			entryPoint: import.meta.resolve('@mercat/market/main'),
			env: {
				MARKET_PORT: '0',
				MARKET_GRPC_PORT: '0',
				METRICS_PORT: String(metricsPort),
				DATABASE_URL: databaseUrl,
				CATALOG_ADDRESS: catalogAddress,
				JWT_SECRET: bench.secret,
				MARKET_SOURCES: sources,
				LOG_LEVEL: 'warn',
				NODE_COMPILE_CACHE: join(bench.folder, 'compile-cache', fileNameOf(name)),
			},
			execArgv: [...bench.own.nodeFlags, ...profileFlags(bench, name, 'market')],
		}),
	)
	const resources = opened.move()
	return {
		...market,
		databaseUrl,
		metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}
