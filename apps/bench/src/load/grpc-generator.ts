import { credentials } from '@grpc/grpc-js'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import { answerJobs } from './answer-jobs.ts'
import { createTally, type LoadResult } from './load-result.ts'
import { keepPace, type Send } from './pace.ts'

/** Calls `GetProduct` for the SKUs in turn. All clients share one connection. */
export type GrpcJob = { address: string; clients: number; seconds: number; skus: string[] }

const timeoutMs = 5_000

answerJobs(async ({ address, clients, seconds, skus }: GrpcJob): Promise<LoadResult> => {
	const catalog = new catalogPackage.CatalogService(address, credentials.createInsecure())
	const tally = createTally()
	let count = 0
	const send: Send = (dueAt, done) => {
		const sku = skus[count++ % skus.length]
		catalog.getProduct({ sku }, { deadline: Date.now() + timeoutMs }, (error, response) => {
			if (error === null && response?.product) tally.succeeded(dueAt)
			else tally.failed(error?.code ?? 'no product')
			done()
		})
	}
	await keepPace(send, { clients, seconds })
	const result = tally.result()
	catalog.close()
	return result
})
