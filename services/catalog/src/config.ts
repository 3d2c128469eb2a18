import { checkServiceVariables, serviceVariables } from '@mercat/service/config'
import { checkServerTls, type GrpcTlsConfig, grpcTlsConfig } from '@mercat/service/grpc-tls'
import type { TokenConfig } from '@mercat/service/tokens'
import { port, readVariables, type Variables } from '@mercat/service/variables'

export type CatalogConfig = {
	host: string
	port: number
	metricsPort?: number
	databaseUrl: string
	tokens: TokenConfig
	tls?: GrpcTlsConfig
	/** Processes behind one port. */
	workers: number
	logLevel: string
	drainDelayMs: number
	shutdownTimeoutMs: number
}

const specs = { ...serviceVariables, PORT: port({ default: 50_051 }) }

/** @throws ConfigError */
export function readCatalogConfig(env: NodeJS.ProcessEnv): CatalogConfig {
	const variables = readVariables(specs, env, check)
	return {
		host: variables.HOST,
		port: variables.PORT,
		metricsPort: variables.METRICS_PORT,
		databaseUrl: variables.DATABASE_URL,
		tokens: {
			secret: variables.JWT_SECRET,
			jwksUrl: variables.JWT_JWKS_URL,
			issuer: variables.JWT_ISSUER,
			audience: variables.JWT_AUDIENCE,
		},
		tls: grpcTlsConfig(variables),
		workers: variables.WORKERS,
		logLevel: variables.LOG_LEVEL,
		drainDelayMs: variables.DRAIN_DELAY_MS,
		shutdownTimeoutMs: variables.SHUTDOWN_TIMEOUT_MS,
	}
}

function check(variables: Partial<Variables<typeof specs>>): string[] {
	return [...checkServiceVariables(variables), ...checkServerTls(variables)]
}
