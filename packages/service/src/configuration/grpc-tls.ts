import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** Paths of PEM files: the own certificate and key, and the authority that the peer's is signed by. */
export type GrpcTlsConfig = { certPath?: string; keyPath?: string; caPath?: string; requireClientCert: boolean }

type TlsVariables = {
	GRPC_TLS_CERT?: string
	GRPC_TLS_KEY?: string
	GRPC_TLS_CA?: string
	GRPC_TLS_REQUIRE_CLIENT_CERT: boolean
}

/** What does not fit together in the TLS settings, or cannot be read from the files that they name. */
export function checkGrpcTls(variables: Partial<TlsVariables>): string[] {
	const { GRPC_TLS_CERT: certPath, GRPC_TLS_KEY: keyPath, GRPC_TLS_CA: caPath } = variables
	const problems: string[] = []
	if ((certPath === undefined) !== (keyPath === undefined)) problems.push('GRPC_TLS_CERT and GRPC_TLS_KEY go together')
	if (variables.GRPC_TLS_REQUIRE_CLIENT_CERT && caPath === undefined) {
		problems.push('GRPC_TLS_REQUIRE_CLIENT_CERT needs GRPC_TLS_CA')
	}
	const parse = <T>(name: string, path: string | undefined, what: string, read: (pem: Buffer) => T): T | undefined => {
		try {
			return path === undefined ? undefined : read(readFileSync(path))
		} catch {
			problems.push(`${name} names no file that can be read as ${what} in PEM`)
		}
	}
	const cert = parse('GRPC_TLS_CERT', certPath, 'a certificate', (pem) => new X509Certificate(pem))
	const key = parse('GRPC_TLS_KEY', keyPath, 'a private key', createPrivateKey)
	parse('GRPC_TLS_CA', caPath, 'a certificate', (pem) => new X509Certificate(pem))
	if (cert && key && !cert.checkPrivateKey(key)) problems.push('GRPC_TLS_KEY is not the key of GRPC_TLS_CERT')
	return problems
}

/** What a server lacks that is to speak TLS: it always shows a certificate, a client need not. */
export function checkServerTls({ GRPC_TLS_CERT: certPath, GRPC_TLS_CA: caPath }: Partial<TlsVariables>): string[] {
	return caPath !== undefined && certPath === undefined ? ['GRPC_TLS_CA needs GRPC_TLS_CERT and GRPC_TLS_KEY here'] : []
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
