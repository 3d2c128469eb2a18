import { join } from 'node:path'
import type { StartSettings } from './start-settings.ts'

/** The catalog's environment: what `start` decides, and for the rest its own. */
export function catalogEnvironment(settings: StartSettings, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return replaceVariables(env, {
		...commonVariables(settings),
		PORT: String(settings.catalogPort),
		DATABASE_URL: `pglite:${join(settings.dataDir, 'catalog')}`,
	})
}

export function orderEnvironment(
	settings: StartSettings,
	catalogAddress: string,
	env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	return replaceVariables(env, {
		...commonVariables(settings),
		PORT: String(settings.orderPort),
		DATABASE_URL: `pglite:${join(settings.dataDir, 'order')}`,
		CATALOG_ADDRESS: catalogAddress,
	})
}

// An empty value counts as none. Two services cannot share one METRICS_PORT.
function commonVariables({ signingKey, logLevel, dataDir }: StartSettings) {
	return {
		JWT_SECRET: signingKey.secret,
		LOG_LEVEL: logLevel,
		METRICS_PORT: '',
		// What grpc-js writes past the log about a port in use is told by start itself.
		GRPC_VERBOSITY: 'NONE',
		// The second start need not compile the same code again.
		NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
	}
}

// A file that a `NAME_FILE` variable names would otherwise count for more than the variable.
function replaceVariables(env: NodeJS.ProcessEnv, variables: { [name: string]: string }): NodeJS.ProcessEnv {
	const replaced = { ...env, ...variables }
	for (const name of Object.keys(variables)) delete replaced[`${name}_FILE`]
	return replaced
}
