import { type CatalogClients, createCatalogClients } from '@mercat/catalog-api/client'
import { channelCredentials } from '@mercat/catalog-api/tls'
import { checkGrpcTls, grpcTlsConfig } from '@mercat/service/grpc-tls'
import { flag, readVariables, text } from '@mercat/service/variables'

/** Clients of a catalog, and how they reach it. */
export type CatalogConnection = CatalogClients & {
	/** As `HOST:PORT`. */
	address: string
	usesTls: boolean
}

const specs = {
	GRPC_TLS_CERT: text({ default: undefined }),
	GRPC_TLS_KEY: text({ default: undefined }),
	GRPC_TLS_CA: text({ default: undefined }),
	GRPC_TLS_REQUIRE_CLIENT_CERT: flag({ default: false }),
}

/** Clients of the catalog at `HOST:PORT`. The environment variables that give the services TLS give it to them, too. */
export function connectToCatalog(address: string, env: NodeJS.ProcessEnv): CatalogConnection {
	const tls = grpcTlsConfig(readVariables(specs, env, checkGrpcTls))
	return Object.assign(createCatalogClients(address, channelCredentials(tls)), { address, usesTls: tls !== undefined })
}
