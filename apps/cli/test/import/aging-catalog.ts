import { Server, ServerCredentials, type ServerDuplexStream } from '@grpc/grpc-js'
import { createCatalogClients } from '@mercat/catalog-api/client'
import { catalogPackage } from '@mercat/catalog-api/load-proto'
import type { ImportProductsRequest__Output as Request } from '@mercat/catalog-api/messages/ImportProductsRequest'
import type { ImportProductsResponse as Response } from '@mercat/catalog-api/messages/ImportProductsResponse'

/** A gRPC server that takes imports, stores nothing, and replaces its connections at a small age. */
export async function startAgingCatalog({ ageMs, graceMs }: { ageMs: number; graceMs: number }) {
	const peers = new Set<string>()
	const skus: string[] = []
	let streams = 0
	let endedStreams = 0
	const server = new Server({ 'grpc.max_connection_age_ms': ageMs, 'grpc.max_connection_age_grace_ms': graceMs })
	server.addService(
		{ ImportProducts: catalogPackage.CatalogService.service.ImportProducts },
		{
			ImportProducts(call: ServerDuplexStream<Request, Response>) {
				streams++
				peers.add(call.getPeer())
				call.on('data', ({ upserts }: Request) => {
					skus.push(...upserts.map(({ product }) => product?.sku ?? ''))
					call.write({ createdCount: upserts.length })
				})
				call.on('end', () => call.end())
				call.on('close', () => {
					endedStreams++
				})
			},
		},
	)
	const port = await new Promise<number>((bound, failed) => {
		const credentials = ServerCredentials.createInsecure()
		server.bindAsync('127.0.0.1:0', credentials, (error, port) => (error ? failed(error) : bound(port)))
	})
	const clients = createCatalogClients(`127.0.0.1:${port}`)
	return {
		clients,
		/** The skus of all requests, in the order in which they came. */
		skus,
		/** How many connections had an import. */
		connections: () => peers.size,
		streams: () => streams,
		/** How many streams are over. */
		endedStreams: () => endedStreams,
		[Symbol.dispose]() {
			clients.close()
			server.forceShutdown()
		},
	}
}
