import { status } from '@grpc/grpc-js'
import { callUnary } from '@mercat/catalog-api/client'
import { healthRpcs, inventoryRpcs } from '@mercat/catalog-api/load-proto'
import { describeCallError, isServiceError } from '../catalog/call-error.ts'
import { type CatalogConnection, connectToCatalog } from '../catalog/catalog-connection.ts'
import { explainFailedCall } from '../catalog/explain-call-error.ts'
import { type Finding, fine, wrong } from './finding.ts'

const subject = 'catalog service'
const timeoutMs = 5_000

/**
 * Whether the catalog at `HOST:PORT` serves, and accepts a token.
 *
 * @param token as the order service signs one, or the user's own
 */
export async function checkCatalog(address: string, token: string, env: NodeJS.ProcessEnv): Promise<Finding> {
	const connection = connectToCatalog(address, env)
	try {
		const health = await callUnary(connection.catalog, healthRpcs.Check, { service: '' }, { timeoutMs })
		if (health.status !== 'SERVING')
			return wrong(
				subject,
				`${address} answers, but does not serve: it is shutting down, or cannot write its database. Read its log, and the line of the database above`,
			)
		return (
			(await tokenFault(connection, token)) ?? fine(subject, `${address} serves, and accepts tokens of this command`)
		)
	} catch (error) {
		if (!isServiceError(error)) throw error
		const { sentence, isUnanswered } = await explainFailedCall(error, connection)
		return wrong(subject, isUnanswered ? `${sentence}; start it, or name its address with --catalog` : sentence)
	} finally {
		connection.close()
	}
}

async function tokenFault(connection: CatalogConnection, token: string): Promise<Finding | undefined> {
	try {
		// It releases nothing. The catalog looks at the token first.
		await callUnary(connection.inventory, inventoryRpcs.ReleaseReservations, { orderIds: [] }, { timeoutMs, token })
	} catch (error) {
		if (!isServiceError(error)) throw error
		if (error.code === status.UNAUTHENTICATED) return wrong(subject, describeCallError(error, connection.address))
		// A scope that is missing, or a request without orders: the token was accepted.
		if (error.code !== status.PERMISSION_DENIED && error.code !== status.INVALID_ARGUMENT) throw error
	}
}
