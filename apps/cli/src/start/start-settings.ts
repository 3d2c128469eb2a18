import { resolve } from 'node:path'
import { flag, integer, port, readVariables, text } from '@mercat/service/variables'
import { CommandError } from '../command/command-error.ts'
import { readSigningKey, type SigningKey } from '../command/signing-key.ts'

export type StartSettings = {
	dataDir: string
	catalogPort: number
	orderPort: number
	/** The ports of the market, if it is wanted. */
	market?: { port: number; grpcPort: number }
	/** The ports for operators, if they are wanted. */
	metricsPorts?: { catalog: number; order: number; market: number }
	logLevel: string
	signingKey: SigningKey
}

const specs = {
	DATA_DIR: text({ default: '.mercat' }),
	CATALOG_PORT: port({ default: 50_051 }),
	ORDER_PORT: port({ default: 8080 }),
	MARKET: flag({ default: true }),
	MARKET_PORT: port({ default: 8090 }),
	MARKET_GRPC_PORT: port({ default: 50_052 }),
	// The catalog and the market take the two ports after it.
	METRICS_PORT: integer(0, 65_533)({ default: undefined }),
	LOG_LEVEL: text({ default: 'warn' }),
	JWT_JWKS_URL: text({ default: undefined }),
}

/** The names of the variables that `mercat start` reads itself. */
export const startVariables = Object.keys(specs)

/** @throws ConfigError for a wrong variable; CommandError when JWT_JWKS_URL is set */
export function readStartSettings(env: NodeJS.ProcessEnv): StartSettings {
	const variables = readVariables(specs, env)
	if (variables.JWT_JWKS_URL !== undefined) {
		throw new CommandError(
			'JWT_JWKS_URL must not be set for mercat start, which signs tokens with JWT_SECRET: start each service separately instead',
		)
	}
	return {
		dataDir: resolve(variables.DATA_DIR),
		catalogPort: variables.CATALOG_PORT,
		orderPort: variables.ORDER_PORT,
		market: variables.MARKET ? { port: variables.MARKET_PORT, grpcPort: variables.MARKET_GRPC_PORT } : undefined,
		metricsPorts: metricsPorts(variables.METRICS_PORT),
		logLevel: variables.LOG_LEVEL,
		signingKey: readSigningKey(env),
	}
}

function metricsPorts(port: number | undefined): StartSettings['metricsPorts'] {
	if (port === undefined) return undefined
	return port === 0 ? { order: 0, catalog: 0, market: 0 } : { order: port, catalog: port + 1, market: port + 2 }
}
