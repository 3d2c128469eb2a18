import { type ChannelCredentials, credentials, ServerCredentials } from '@grpc/grpc-js'
import { type GrpcTlsConfig, readPem } from '@mercat/service/grpc-tls'

/** What a client of the catalog shows and trusts; plaintext without a configuration. */
export function channelCredentials(tls: GrpcTlsConfig | undefined): ChannelCredentials {
	if (tls === undefined) return credentials.createInsecure()
	const { cert, key, ca } = readPem(tls)
	return credentials.createSsl(ca ?? null, key ?? null, cert ?? null)
}

/** What the catalog shows and trusts; plaintext without a configuration. */
export function serverCredentials(tls: GrpcTlsConfig | undefined): ServerCredentials {
	if (tls === undefined) return ServerCredentials.createInsecure()
	const { cert, key, ca } = readPem(tls)
	if (cert === undefined || key === undefined) throw new TypeError('a server needs a certificate and a key')
	return ServerCredentials.createSsl(ca ?? null, [{ cert_chain: cert, private_key: key }], tls.requireClientCert)
}
