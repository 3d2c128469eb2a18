import { checkServiceVariables, portVariable, readVariables, serviceVariables } from '@mercat/service/config'
import { checkServerTls, type GrpcTlsConfig, grpcTlsConfig } from '@mercat/service/grpc-tls'
import type { TokenConfig } from '@mercat/service/tokens'
import { type Static, Type } from '@sinclair/typebox'

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

const Variables = Type.Object({ ...serviceVariables, PORT: portVariable(50_051) })

/** @throws ConfigError */
export function readCatalogConfig(env: NodeJS.ProcessEnv): CatalogConfig {
	const variables = readVariables(Variables, env, check)
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

function check(variables: Partial<Static<typeof Variables>>): string[] {
	return [...checkServiceVariables(variables), ...checkServerTls(variables)]
}
