import { credentials } from '@grpc/grpc-js'
import { type CatalogClients, createCatalogClients } from '@mercat/catalog-api/client'
import { readVariables } from '@mercat/service/config'
import { checkGrpcTls, grpcTlsConfig, readPem } from '@mercat/service/grpc-tls'
import { Type } from '@sinclair/typebox'

const Variables = Type.Object({
	GRPC_TLS_CERT: Type.Optional(Type.String()),
	GRPC_TLS_KEY: Type.Optional(Type.String()),
	GRPC_TLS_CA: Type.Optional(Type.String()),
	GRPC_TLS_REQUIRE_CLIENT_CERT: Type.Boolean({ default: false }),
})

/** Clients of the catalog at `HOST:PORT`, over TLS where the environment says so to the services. */
export function connectToCatalog(address: string, env: NodeJS.ProcessEnv): CatalogClients {
	const tls = grpcTlsConfig(readVariables(Variables, env, checkGrpcTls))
	if (tls === undefined) return createCatalogClients(address)
	const { cert, key, ca } = readPem(tls)
	return createCatalogClients(address, credentials.createSsl(ca ?? null, key ?? null, cert ?? null))
}
