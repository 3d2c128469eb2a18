import { resolve } from 'node:path'
import { integer, port, readVariables, text } from '@mercat/service/variables'
import { CommandError } from '../command/command-error.ts'
import { readSigningKey, type SigningKey } from '../command/signing-key.ts'

export type StartSettings = {
	dataDir: string
	catalogPort: number
	orderPort: number
	/** The ports for operators, if they are wanted. */
	metricsPorts?: { catalog: number; order: number }
	logLevel: string
	signingKey: SigningKey
}

const specs = {
	DATA_DIR: text({ default: '.mercat' }),
	CATALOG_PORT: port({ default: 50_051 }),
	ORDER_PORT: port({ default: 8080 }),
	// The catalog takes the port after it.
	METRICS_PORT: integer(0, 65_534)({ default: undefined }),
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
		metricsPorts: metricsPorts(variables.METRICS_PORT),
		logLevel: variables.LOG_LEVEL,
		signingKey: readSigningKey(env),
	}
}

function metricsPorts(port: number | undefined): StartSettings['metricsPorts'] {
	return port === undefined ? undefined : { order: port, catalog: port === 0 ? 0 : port + 1 }
}
