import { join } from 'node:path'
import { keepSecretsKey } from './secrets-key.ts'
import type { StartSettings } from './start-settings.ts'

/** The environment of the catalog: this process's own, with the variables that `mercat start` decides. */
export function catalogEnvironment(settings: StartSettings, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
	return replaceVariables(env, {
		...commonVariables(settings),
		PORT: String(settings.catalogPort),
		// Two services cannot share one port. An empty variable counts as not set.
		METRICS_PORT: String(settings.metricsPorts?.catalog ?? ''),
		DATABASE_URL: `pglite:${join(settings.dataDir, 'catalog')}`,
	})
}

/**
 * The environment of the order service: this process's own, with the variables that `mercat start` decides. Unless it has
 * keys of its own for secrets, it gets the key in the folder of the databases, which the first start makes.
 */
export function orderEnvironment(
	settings: StartSettings,
	catalogAddress: string,
	env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	return {
		...orderEnvironmentWithoutKey(settings, catalogAddress, env),
		...(!isSet('SECRETS_KEY', env) && { SECRETS_KEY_FILE: keepSecretsKey(settings.dataDir) }),
	}
}

/** The environment of the order service, but for a key that a start would make. */
export function orderEnvironmentWithoutKey(
	settings: StartSettings,
	catalogAddress: string,
	env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	return {
		...replaceVariables(env, {
			...commonVariables(settings),
			PORT: String(settings.orderPort),
			METRICS_PORT: String(settings.metricsPorts?.order ?? ''),
			DATABASE_URL: `pglite:${join(settings.dataDir, 'order')}`,
			CATALOG_ADDRESS: catalogAddress,
		}),
		// A receiver that somebody tries out listens on this machine.
		...(!isSet('WEBHOOK_ALLOW_PRIVATE', env) && { WEBHOOK_ALLOW_PRIVATE: 'true' }),
		...(!isSet('CONSOLE', env) && { CONSOLE: 'true' }),
	}
}

function commonVariables({ signingKey, logLevel, dataDir }: StartSettings) {
	return {
		JWT_SECRET: signingKey.secret,
		LOG_LEVEL: logLevel,
		// `mercat start` itself reports a port in use; grpc-js would also write about it to stderr.
		GRPC_VERBOSITY: 'NONE',
		// The next start loads the compiled code from here.
		NODE_COMPILE_CACHE: join(dataDir, 'compile-cache'),
	}
}

function isSet(name: string, env: NodeJS.ProcessEnv): boolean {
	return Boolean(env[name] || env[`${name}_FILE`])
}

// `NAME_FILE` takes precedence over `NAME`, so it is removed for each variable that is replaced.
function replaceVariables(env: NodeJS.ProcessEnv, variables: { [name: string]: string }): NodeJS.ProcessEnv {
	const replaced = { ...env, ...variables }
	for (const name of Object.keys(variables)) delete replaced[`${name}_FILE`]
	return replaced
}
