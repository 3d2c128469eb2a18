import { type CatalogClients, createCatalogClients } from '@mercat/catalog-api/client'
import { channelCredentials } from '@mercat/catalog-api/tls'
import { checkGrpcTls, grpcTlsConfig } from '@mercat/service/grpc-tls'
import { flag, readVariables, text } from '@mercat/service/variables'

const specs = {
	GRPC_TLS_CERT: text({ default: undefined }),
	GRPC_TLS_KEY: text({ default: undefined }),
	GRPC_TLS_CA: text({ default: undefined }),
	GRPC_TLS_REQUIRE_CLIENT_CERT: flag({ default: false }),
}

/** Clients of the catalog at `HOST:PORT`. The environment variables that give the services TLS give it to them, too. */
export function connectToCatalog(address: string, env: NodeJS.ProcessEnv): CatalogClients {
	const tls = grpcTlsConfig(readVariables(specs, env, checkGrpcTls))
	return createCatalogClients(address, channelCredentials(tls))
}
