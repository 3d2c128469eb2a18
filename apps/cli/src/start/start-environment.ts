import { join } from 'node:path'
import { originsWithConsole } from './console-origins.ts'
import { keepSecretsKey } from './secrets-key.ts'
import type { StartSettings } from './start-settings.ts'

/** Where services are reached on this machine, as `HOST:PORT`. */
export type ServiceAddresses = { catalog: string; market?: string }

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
	addresses: ServiceAddresses,
	env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	return {
		...orderEnvironmentWithoutKey(settings, addresses, env),
		...(!isSet('SECRETS_KEY', env) && { SECRETS_KEY_FILE: keepSecretsKey(settings.dataDir) }),
	}
}

/** The environment of the order service, but for a key that a start would make. */
export function orderEnvironmentWithoutKey(
	settings: StartSettings,
	{ catalog, market }: ServiceAddresses,
	env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	return {
		...replaceVariables(env, {
			...commonVariables(settings),
			PORT: String(settings.orderPort),
			METRICS_PORT: String(settings.metricsPorts?.order ?? ''),
			DATABASE_URL: `pglite:${join(settings.dataDir, 'order')}`,
			CATALOG_ADDRESS: catalog,
		}),
		// A receiver that somebody tries out listens on this machine.
		...(!isSet('WEBHOOK_ALLOW_PRIVATE', env) && { WEBHOOK_ALLOW_PRIVATE: 'true' }),
		...(!isSet('CONSOLE', env) && { CONSOLE: 'true' }),
		// The console asks the market itself.
		...(market !== undefined && !isSet('MARKET_URL', env) && { MARKET_URL: `http://${market}` }),
	}
}

/**
 * The environment of the market: this process's own, with the variables that `mercat start` decides. Pages of the console may
 * call it.
 *
 * @param orders where the order service is, as `HOST:PORT`
 */
export function marketEnvironment(
	{ market, metricsPorts, ...settings }: StartSettings,
	{ catalog, orders }: { catalog: string; orders: string },
	env: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
	return replaceVariables(env, {
		...commonVariables(settings),
		MARKET_PORT: String(market?.port ?? ''),
		MARKET_GRPC_PORT: String(market?.grpcPort ?? ''),
		METRICS_PORT: String(metricsPorts?.market ?? ''),
		DATABASE_URL: `pglite:${join(settings.dataDir, 'market')}`,
		CATALOG_ADDRESS: catalog,
		ORDER_ADDRESS: `http://${orders}`,
		CORS_ORIGINS: originsWithConsole(orders, env),
	})
}

function commonVariables({
	signingKey,
	logLevel,
	dataDir,
}: Pick<StartSettings, 'signingKey' | 'logLevel' | 'dataDir'>) {
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
