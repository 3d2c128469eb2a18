import { connect } from 'node:tls'
import { type ServiceError, status } from '@grpc/grpc-js'
import { errorDetails, isConnectionBroken } from '@mercat/catalog-api/errors'
import { isPort } from '../command/address.ts'
import { oneLine } from '../command/one-line.ts'
import { describeCallError } from './call-error.ts'
import type { CatalogConnection } from './catalog-connection.ts'

const handshakeMs = 2_000

/** The catalog that was called, and whether with TLS. */
type Reached = Pick<CatalogConnection, 'address' | 'usesTls'>

/**
 * Describes a failed call to the catalog in one line for the user. When the connection failed because one side has TLS and
 * the other has not, or does not trust it, the line says so.
 */
export async function explainCallError(error: ServiceError, reached: Reached): Promise<string> {
	return (await explainFailedCall(error, reached)).sentence
}

/** The line of {@link explainCallError}, and whether nobody has answered. */
export async function explainFailedCall(
	error: ServiceError,
	{ address, usesTls }: Reached,
): Promise<{ sentence: string; isUnanswered: boolean }> {
	const sentence = describeCallError(error, address)
	if (!isConnectionFailure(error)) return { sentence, isUnanswered: false }
	const reason = usesTls ? tlsTrouble(error.details) : await missingTls(address)
	if (reason === undefined) return { sentence, isUnanswered: true }
	return { sentence: `the catalog at ${address} ${reason}`, isUnanswered: false }
}

function isConnectionFailure(error: ServiceError): boolean {
	if (errorDetails(error).reason !== undefined) return false
	const { UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED } = status
	return [UNAVAILABLE, CANCELLED, DEADLINE_EXCEEDED].includes(error.code) || isConnectionBroken(error)
}

const noTls = /wrong version number|packet length too long|before secure TLS connection was established|EPROTO/
const noClientCertificate = /certificate required|handshake failure|bad certificate/
const untrusted = /certificate|altnames/i

// The texts are those of Node and OpenSSL.
function tlsTrouble(details: string): string | undefined {
	if (noClientCertificate.test(details)) return 'asks for a certificate: set GRPC_TLS_CERT and GRPC_TLS_KEY'
	if (noTls.test(details)) return 'has no TLS: unset GRPC_TLS_CA and GRPC_TLS_CERT'
	if (!untrusted.test(details)) return undefined
	return `has a certificate that is not trusted: set GRPC_TLS_CA to the file with the certificate of its authority (${oneLine(details)})`
}

async function missingTls(address: string): Promise<string | undefined> {
	const speaksTls = await handshake(address)
	return speaksTls ? 'speaks TLS: set GRPC_TLS_CA to the file with the certificate of its authority' : undefined
}

/** Whether a server at `HOST:PORT` answers with TLS. Nothing is sent to it. */
function handshake(address: string): Promise<boolean> {
	const colon = address.lastIndexOf(':')
	const host = address.slice(0, colon).replace(/^\[(.*)\]$/, '$1')
	const port = Number(address.slice(colon + 1))
	if (!isPort(port)) return Promise.resolve(false)
	return new Promise((resolve) => {
		const socket = connect({ host, port, rejectUnauthorized: false, timeout: handshakeMs })
		const end = (speaksTls: boolean) => {
			socket.destroy()
			resolve(speaksTls)
		}
		socket
			.on('secureConnect', () => end(true))
			.on('error', () => end(false))
			.on('timeout', () => end(false))
	})
}
