import { type ChannelCredentials, credentials, ServerCredentials } from '@grpc/grpc-js'
import { type GrpcTlsConfig, readPem } from '@mercat/service/grpc-tls'

/** The certificates of a client of the catalog; plaintext without a configuration. */
export function channelCredentials(tls: GrpcTlsConfig | undefined): ChannelCredentials {
	if (tls === undefined) return credentials.createInsecure()
	const { cert, key, ca } = readPem(tls)
	return credentials.createSsl(ca ?? null, key ?? null, cert ?? null)
}

/** The certificates of the catalog's server; plaintext without a configuration. */
export function serverCredentials(tls: GrpcTlsConfig | undefined): ServerCredentials {
	if (tls === undefined) return ServerCredentials.createInsecure()
	const { cert, key, ca } = readPem(tls)
	if (cert === undefined || key === undefined) throw new TypeError('a server needs a certificate and a key')
	return ServerCredentials.createSsl(ca ?? null, [{ cert_chain: cert, private_key: key }], tls.requireClientCert)
}
