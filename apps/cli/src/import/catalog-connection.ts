import { credentials } from '@grpc/grpc-js'
import { type CatalogClients, createCatalogClients } from '@mercat/catalog-api/client'
import { checkGrpcTls, grpcTlsConfig, readPem } from '@mercat/service/grpc-tls'
import { flag, readVariables, text } from '@mercat/service/variables'

const specs = {
	GRPC_TLS_CERT: text({ default: undefined }),
	GRPC_TLS_KEY: text({ default: undefined }),
	GRPC_TLS_CA: text({ default: undefined }),
	GRPC_TLS_REQUIRE_CLIENT_CERT: flag({ default: false }),
}

/** Clients of the catalog at `HOST:PORT`, over TLS where the environment says so to the services. */
export function connectToCatalog(address: string, env: NodeJS.ProcessEnv): CatalogClients {
	const tls = grpcTlsConfig(readVariables(specs, env, checkGrpcTls))
	if (tls === undefined) return createCatalogClients(address)
	const { cert, key, ca } = readPem(tls)
	return createCatalogClients(address, credentials.createSsl(ca ?? null, key ?? null, cert ?? null))
}
