import { callUnary, type Rpc } from '@mercat/catalog-api/client'
import { errorDetails } from '@mercat/catalog-api/errors'
import { CommandError } from '../command/command-error.ts'
import { commandTokens } from '../command/command-tokens.ts'
import { readSigningKey } from '../command/signing-key.ts'
import { isServiceError } from './call-error.ts'
import { connectToCatalog } from './catalog-connection.ts'
import { explainCallError } from './explain-call-error.ts'

/** The calls of a command that asks the catalog as staff. */
export type CatalogCalls = {
	/** @throws CommandError with the failed call as its cause */
	call<Request, Response>(rpc: Rpc<Request, Response>, request: Request): Promise<Response>
	[Symbol.dispose](): void
}

const timeoutMs = 30_000

/**
 * Connects to the catalog with MERCAT_TOKEN, or else with a token that the command signs.
 *
 * @param address as `HOST:PORT`
 */
export function openCatalogCalls(address: string, env: NodeJS.ProcessEnv): CatalogCalls {
	const given = env['MERCAT_TOKEN']
	const nextToken = given ? () => given : commandTokens(readSigningKey(env), 'catalog:write')
	const connection = connectToCatalog(address, env)
	return {
		async call(rpc, request) {
			try {
				return await callUnary(connection.catalog, rpc, request, { timeoutMs, token: nextToken() })
			} catch (error) {
				if (!isServiceError(error)) throw error
				throw new CommandError(await explainCallError(error, connection), { cause: error })
			}
		},
		[Symbol.dispose]: () => connection.close(),
	}
}

/** The reason and the details that the catalog has given for a failed call; nothing for any other error. */
export function refusalOf(error: unknown): { reason?: string | undefined; metadata?: Record<string, string> } {
	if (!(error instanceof CommandError) || !isServiceError(error.cause)) return {}
	const { reason, metadata = {} } = errorDetails(error.cause)
	return { reason, metadata }
}
