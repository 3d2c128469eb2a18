import { readVariables, text } from '@mercat/service/variables'

const specs = { CORS_ORIGINS: text({ default: '' }) }

/**
 * The list of origins that may call the market: those of the console, and those of CORS_ORIGINS.
 *
 * @param orders where the order service is, as `HOST:PORT`
 */
export function originsWithConsole(orders: string, env: NodeJS.ProcessEnv): string {
	const origins = readVariables(specs, env).CORS_ORIGINS
	if (origins.trim() === '*') return origins
	// A browser may have either name of this machine.
	const addresses = new Set([orders, orders.replace(/^127\.0\.0\.1:/, 'localhost:')])
	return [...[...addresses].map((address) => `http://${address}`), origins].join(',')
}
