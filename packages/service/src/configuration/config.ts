import { checkGrpcTls, type GrpcTlsConfig, grpcTlsConfig } from './grpc-tls.ts'
import { checkTracing, type TracingConfig, tracingConfig, tracingVariables } from './tracing-config.ts'
import { flag, integer, oneOf, port, text, textLike, type Variables } from './variables.ts'

/** The form of the URL of a database. */
export const databaseUrlForm = /^(postgres(ql)?:\/\/.|pglite:.)/
export const databaseUrlRule = 'a postgres: or pglite: URL'

/** The environment variables that every service reads. Each service adds its own. */
export const serviceVariables = {
	HOST: text({ default: '127.0.0.1' }),
	METRICS_PORT: port({ default: undefined }),
	DATABASE_URL: textLike(databaseUrlForm, databaseUrlRule)(),
	JWT_SECRET: text({ default: undefined }),
	JWT_JWKS_URL: textLike(
		/^https?:\/\/[^\s@/?#]+([/?#]\S*)?$/,
		'an http: or https: URL without a password',
	)({
		default: undefined,
	}),
	JWT_ISSUER: text({ default: 'mercat' }),
	JWT_AUDIENCE: text({ default: 'mercat' }),
	ALLOW_DEVELOPMENT_SECRET: flag({ default: false }),
	GRPC_TLS_CERT: text({ default: undefined }),
	GRPC_TLS_KEY: text({ default: undefined }),
	GRPC_TLS_CA: text({ default: undefined }),
	GRPC_TLS_REQUIRE_CLIENT_CERT: flag({ default: false }),
	WORKERS: integer(1, 256)({ default: 1 }),
	LOG_LEVEL: oneOf(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'])({ default: 'info' }),
	REQUEST_LOG: flag({ default: true }),
	DRAIN_DELAY_MS: integer(0, 3_600_000)({ default: 0 }),
	SHUTDOWN_TIMEOUT_MS: integer(0, 3_600_000)({ default: 10_000 }),
	...tracingVariables,
}

/** The default secret for tokens on a developer's machine. It is public, so it protects nothing. */
export const developmentSecret = 'mercat-development-secret-known-to-everyone'

const smallestSecretBytes = 32

/** Checks a secret for tokens, and returns a message for each problem. */
export function checkSecret(secret: string | undefined): string[] {
	if (secret === undefined || Buffer.byteLength(secret) >= smallestSecretBytes) return []
	return [`JWT_SECRET must have at least ${smallestSecretBytes} bytes`]
}

type ServiceVariables = Variables<typeof serviceVariables>

/** Checks that the variables of every service fit together, and returns a message for each problem. */
export function checkServiceVariables(variables: Partial<ServiceVariables>): string[] {
	const problems: string[] = []
	const {
		HOST: host,
		DATABASE_URL: databaseUrl,
		WORKERS: workers = 1,
		JWT_SECRET: secret,
		JWT_JWKS_URL: jwksUrl,
	} = variables
	if ((secret === undefined) === (jwksUrl === undefined)) problems.push('either JWT_SECRET or JWT_JWKS_URL is required')
	problems.push(...checkSecret(secret))
	if (secret === developmentSecret && host !== undefined && !isLoopback(host) && !variables.ALLOW_DEVELOPMENT_SECRET) {
		problems.push(
			'JWT_SECRET must not be the development secret when HOST is not loopback (ALLOW_DEVELOPMENT_SECRET=true permits it)',
		)
	}
	if (workers > 1 && databaseUrl?.startsWith('pglite:')) {
		problems.push('WORKERS must be 1 with a pglite: DATABASE_URL, which only one process can open')
	}
	return [...problems, ...checkGrpcTls(variables), ...checkTracing(variables)]
}

/** How tokens are verified. Exactly one of `secret` and `jwksUrl` is set. */
export type TokenConfig = {
	secret?: string
	jwksUrl?: string
	issuer: string
	audience: string
}

/** The configuration that every service has. */
export type ServiceConfig = {
	host: string
	metricsPort?: number
	databaseUrl: string
	tokens: TokenConfig
	tls?: GrpcTlsConfig
	/** Missing when no collector takes spans. */
	tracing?: TracingConfig
	/** The number of processes that share one port. */
	workers: number
	logLevel: string
	/** Whether the log has a line for each request. */
	requestLog: boolean
	drainDelayMs: number
	shutdownTimeoutMs: number
}

/** Turns the variables that every service reads into its configuration. */
export function serviceConfig(variables: ServiceVariables): ServiceConfig {
	return {
		host: variables.HOST,
		metricsPort: variables.METRICS_PORT,
		databaseUrl: variables.DATABASE_URL,
		tokens: {
			secret: variables.JWT_SECRET,
			jwksUrl: variables.JWT_JWKS_URL,
			issuer: variables.JWT_ISSUER,
			audience: variables.JWT_AUDIENCE,
		},
		tls: grpcTlsConfig(variables),
		tracing: tracingConfig(variables),
		workers: variables.WORKERS,
		logLevel: variables.LOG_LEVEL,
		requestLog: variables.REQUEST_LOG,
		drainDelayMs: variables.DRAIN_DELAY_MS,
		shutdownTimeoutMs: variables.SHUTDOWN_TIMEOUT_MS,
	}
}

export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
