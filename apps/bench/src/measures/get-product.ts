import { credentials } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogPackage, catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { GetProductResponse } from '@mercat/catalog-api/messages/GetProductResponse'
import { startCheckouts } from '../contestants/start-checkouts.ts'
import { startMercat } from '../contestants/start-mercat.ts'
import { startGrpcGenerator } from '../load/start-generator.ts'
import type { ConstantCatalogSettings } from '../peers/constant-catalog.ts'
import { type Bench, profileFlags } from '../running/bench.ts'
import { type BenchProcess, startProcess } from '../running/bench-process.ts'
import type { Comparison, Measurement } from '../running/measurement.ts'
import { skus } from '../running/shop.ts'
import { type Measure, toEachCommit } from './measure.ts'
import { perSecond } from './order-load.ts'
import { takeTurns } from './take-turns.ts'

/** Compares `GetProduct` with a server that answers every call with the same constant message. */
export const getProduct: Measure = {
	name: 'get-product',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const { catalog: mercat } = opened.use(await startMercat(bench))
		const settings = { response: await readProduct(mercat.address) }
		const constant = opened.use(
			await startProcess({
				role: 'catalog',
				entryPoint: import.meta.resolve('../peers/constant-catalog.ts'),
				settings: settings satisfies ConstantCatalogSettings,
				execArgv: profileFlags(bench, 'constant', 'catalog'),
			}),
		)
		return await measureCalls(bench, { constant, mercat }, [
			{ of: 'mercat', to: 'constant', target: { bound: 'at least', value: 0.85, aim: 0.95 } },
		])
	},
	async runAgainst(bench) {
		await using started = await startCheckouts(bench)
		const catalogs = Object.fromEntries(started.shops.map(({ name, catalog }) => [name, catalog]))
		return await measureCalls(bench, catalogs, toEachCommit(bench))
	},
}

async function measureCalls(
	bench: Bench,
	catalogs: Record<string, BenchProcess>,
	comparisons: Comparison[],
): Promise<Measurement[]> {
	await using generator = startGrpcGenerator(bench.interruption)
	const { clients, seconds } = bench.options
	const turns = Object.entries(catalogs).map(([name, server]) => {
		return { name, processes: [server], job: { address: server.address, clients, seconds, skus } }
	})
	const measured = await takeTurns(bench, generator, turns, perSecond)
	return [{ title: `GetProduct, ${clients} clients on one connection`, unit: 'calls/s', ...measured, comparisons }]
}

async function readProduct(address: string): Promise<GetProductResponse> {
	const client = new catalogPackage.CatalogService(address, credentials.createInsecure())
	const response = await callUnary(client, catalogRpcs.GetProduct, { sku: skus[0] }, { timeoutMs: 5_000 })
	client.close()
	return response
}
