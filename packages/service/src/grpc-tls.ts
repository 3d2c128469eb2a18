import { readFileSync } from 'node:fs'

/** Paths of PEM files: the own certificate and key, and the authority that the peer's is signed by. */
export type GrpcTlsConfig = { certPath?: string; keyPath?: string; caPath?: string; requireClientCert: boolean }

type TlsVariables = {
	GRPC_TLS_CERT?: string
	GRPC_TLS_KEY?: string
	GRPC_TLS_CA?: string
	GRPC_TLS_REQUIRE_CLIENT_CERT: boolean
}

/** The TLS settings among the variables of a service; none where the connection is plaintext. */
export function grpcTlsConfig(variables: TlsVariables): GrpcTlsConfig | undefined {
	const { GRPC_TLS_CERT: certPath, GRPC_TLS_KEY: keyPath, GRPC_TLS_CA: caPath } = variables
	if (certPath === undefined && caPath === undefined) return undefined
	return { certPath, keyPath, caPath, requireClientCert: variables.GRPC_TLS_REQUIRE_CLIENT_CERT }
}

/** The PEM texts that {@link GrpcTlsConfig} names. */
export function readPem({ certPath, keyPath, caPath }: GrpcTlsConfig) {
	const read = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path))
	return { cert: read(certPath), key: read(keyPath), ca: read(caPath) }
}
