import { credentials } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { catalogPackage, catalogRpcs } from '@mercat/catalog-api/load-proto'
import type { GetProductResponse } from '@mercat/catalog-api/messages/GetProductResponse'
import { profileFlags } from '../bench.ts'
import { startProcess } from '../bench-process.ts'
import { startMercat } from '../contestants/start-mercat.ts'
import { startGrpcGenerator } from '../load/start-generator.ts'
import type { ConstantCatalogSettings } from '../peers/constant-catalog.ts'
import { takeTurns } from '../rounds.ts'
import { skus } from '../shop.ts'
import type { Measure } from './measure.ts'
import { perSecond } from './place-orders.ts'

/** `GetProduct` beside a server that answers the same message from a constant. */
export const getProduct: Measure = {
	name: 'get-product',
	async run(bench) {
		await using opened = new AsyncDisposableStack()
		const { clients, seconds } = bench.options
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
		const turn = (name: string, server: typeof constant) => {
			return { name, processes: [server], job: { address: server.address, clients, seconds, skus } }
		}
		const turns = [turn('constant', constant), turn('mercat', mercat)]
		const measured = await takeTurns(bench, opened.use(startGrpcGenerator(bench.interruption)), turns, perSecond)
		return [
			{
				title: `GetProduct, ${clients} clients on one connection`,
				unit: 'calls/s',
				...measured,
				comparisons: [{ of: 'mercat', to: 'constant', target: { bound: 'at least', value: 0.85, aim: 0.95 } }],
			},
		]
	},
}

async function readProduct(address: string): Promise<GetProductResponse> {
	const client = new catalogPackage.CatalogService(address, credentials.createInsecure())
	const response = await callUnary(client, catalogRpcs.GetProduct, { sku: skus[0] }, { timeoutMs: 5_000 })
	client.close()
	return response
}
