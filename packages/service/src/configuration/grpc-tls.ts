import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Paths of PEM files: the certificate and key of this process, and the authority that signs the peer's certificate. */
export type GrpcTlsConfig = { certPath?: string; keyPath?: string; caPath?: string; requireClientCert: boolean }

type TlsVariables = {
	GRPC_TLS_CERT?: string
	GRPC_TLS_KEY?: string
	GRPC_TLS_CA?: string
	GRPC_TLS_REQUIRE_CLIENT_CERT: boolean
}

/** Checks that the TLS variables fit together and name readable files, and returns a message for each problem. */
export function checkGrpcTls(variables: Partial<TlsVariables>): string[] {
	const { GRPC_TLS_CERT: certPath, GRPC_TLS_KEY: keyPath, GRPC_TLS_CA: caPath } = variables
	const problems: string[] = []
	if ((certPath === undefined) !== (keyPath === undefined))
		problems.push('GRPC_TLS_CERT and GRPC_TLS_KEY must be set together')
	if (variables.GRPC_TLS_REQUIRE_CLIENT_CERT && caPath === undefined) {
		problems.push('GRPC_TLS_CA is required with GRPC_TLS_REQUIRE_CLIENT_CERT')
	}
	const parse = <T>(name: string, path: string | undefined, what: string, read: (pem: Buffer) => T): T | undefined => {
		try {
			return path === undefined ? undefined : read(readFileSync(path))
		} catch {
			problems.push(`${name} must name a file with ${what} in PEM`)
		}
	}
	const cert = parse('GRPC_TLS_CERT', certPath, 'a certificate', (pem) => new X509Certificate(pem))
	const key = parse('GRPC_TLS_KEY', keyPath, 'a private key', createPrivateKey)
	parse('GRPC_TLS_CA', caPath, 'a certificate', (pem) => new X509Certificate(pem))
	if (cert && key && !cert.checkPrivateKey(key)) problems.push('GRPC_TLS_KEY must be the key of GRPC_TLS_CERT')
	return problems
}

/** Checks the variables of a TLS server, which always needs a certificate, while a client does not. */
export function checkServerTls({ GRPC_TLS_CERT: certPath, GRPC_TLS_CA: caPath }: Partial<TlsVariables>): string[] {
	return caPath !== undefined && certPath === undefined
		? ['GRPC_TLS_CERT and GRPC_TLS_KEY are required with GRPC_TLS_CA']
		: []
}

/** The TLS configuration of a service; undefined for plaintext connections. */
export function grpcTlsConfig(variables: TlsVariables): GrpcTlsConfig | undefined {
	const { GRPC_TLS_CERT: certPath, GRPC_TLS_KEY: keyPath, GRPC_TLS_CA: caPath } = variables
	if (certPath === undefined && caPath === undefined) return undefined
	return { certPath, keyPath, caPath, requireClientCert: variables.GRPC_TLS_REQUIRE_CLIENT_CERT }
}

/** Reads the PEM files that {@link GrpcTlsConfig} names. */
export function readPem({ certPath, keyPath, caPath }: GrpcTlsConfig) {
	const read = (path: string | undefined) => (path === undefined ? undefined : readFileSync(path))
	return { cert: read(certPath), key: read(keyPath), ca: read(caPath) }
}
