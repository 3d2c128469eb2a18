import { readFileSync } from 'node:fs'
import { type Static, type TObject, Type } from '@sinclair/typebox'
import { envSchema } from 'env-schema'
import { checkGrpcTls } from './grpc-tls.ts'

/** One message that names every wrong variable and shows no value. */
export class ConfigError extends Error {
	override name = 'ConfigError'

	constructor(problems: string[]) {
		super(`configuration error: ${problems.join('; ')}`)
	}
}

const Port = { minimum: 0, maximum: 65_535 }
const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']

/** What every service reads; a service adds its own. */
export const serviceVariables = {
	HOST: Type.String({ default: '127.0.0.1' }),
	METRICS_PORT: Type.Optional(Type.Integer(Port)),
	DATABASE_URL: Type.String({ pattern: '^(postgres(ql)?://.|pglite:.)' }),
	JWT_SECRET: Type.Optional(Type.String()),
	JWT_JWKS_URL: Type.Optional(Type.String({ pattern: '^https?://[^\\s@/?#]+([/?#]\\S*)?$' })),
	JWT_ISSUER: Type.String({ default: 'mercat' }),
	JWT_AUDIENCE: Type.String({ default: 'mercat' }),
	ALLOW_DEVELOPMENT_SECRET: Type.Boolean({ default: false }),
	GRPC_TLS_CERT: Type.Optional(Type.String()),
	GRPC_TLS_KEY: Type.Optional(Type.String()),
	GRPC_TLS_CA: Type.Optional(Type.String()),
	GRPC_TLS_REQUIRE_CLIENT_CERT: Type.Boolean({ default: false }),
	WORKERS: Type.Integer({ minimum: 1, maximum: 256, default: 1 }),
	LOG_LEVEL: Type.String({ enum: logLevels, default: 'info' }),
	DRAIN_DELAY_MS: Type.Integer({ minimum: 0, maximum: 3_600_000, default: 0 }),
	SHUTDOWN_TIMEOUT_MS: Type.Integer({ minimum: 0, maximum: 3_600_000, default: 10_000 }),
}

/** A `PORT` variable with the service's own default. */
export const portVariable = (port: number) => Type.Integer({ ...Port, default: port })

/** Signs and verifies on a developer's machine; it is public, so it protects nothing. */
export const developmentSecret = 'mercat-development-secret-known-to-everyone'

const smallestSecretBytes = 32

/**
 * Reads the variables of `schema` from `env`: defaults filled in, numbers and booleans converted, an
 * empty value taken as none, and a variable `X` from the file that `X_FILE` names.
 *
 * @param check further problems, of variables that do not fit each other; those that are wrong by themselves are left out
 * @throws ConfigError
 */
export function readVariables<Schema extends TObject>(
	schema: Schema,
	env: NodeJS.ProcessEnv,
	check: (variables: Partial<Static<Schema>>) => string[] = () => [],
): Static<Schema> {
	const given: Record<string, string> = {}
	const problems: string[] = []
	for (const name of Object.keys(schema.properties)) {
		const file = env[`${name}_FILE`]
		try {
			const value = file ? readFileSync(file, 'utf8').trimEnd() : env[name]
			if (value) given[name] = value
		} catch {
			problems.push(`${name}_FILE cannot be read`)
		}
	}
	const variables = parse(schema, given, problems)
	problems.push(...check(variables))
	if (problems.length > 0) throw new ConfigError(problems)
	return variables
}

type AjvError = { keyword: string; instancePath: string; params: { missingProperty?: string }; message?: string }

// The variables, or of those that are not as the schema has them only the right ones, and what is wrong with the others.
function parse<Schema extends TObject>(
	schema: Schema,
	given: Record<string, string>,
	problems: string[],
): Static<Schema> {
	try {
		return envSchema<Static<Schema>>({ schema, env: false, data: given })
	} catch (error) {
		const errors = (error as { errors?: AjvError[] }).errors
		if (errors === undefined) throw error
		const wrong = new Map(
			errors.map(({ instancePath, params, message }): [string, string] =>
				params.missingProperty ? [params.missingProperty, 'is required'] : [instancePath.slice(1), `${message}`],
			),
		)
		problems.push(...[...wrong].map(([name, problem]) => `${name} ${problem}`))
		const right = Type.Partial(Type.Omit(schema, [...wrong.keys()]))
		return envSchema({ schema: right, env: false, data: given }) as Static<Schema>
	}
}

type ServiceVariables = Static<TObject<typeof serviceVariables>>

/** What does not fit together in the variables that every service reads. */
export function checkServiceVariables(variables: Partial<ServiceVariables>): string[] {
	const problems: string[] = []
	const {
		HOST: host,
		DATABASE_URL: databaseUrl,
		WORKERS: workers = 1,
		JWT_SECRET: secret,
		JWT_JWKS_URL: jwksUrl,
	} = variables
	if ((secret === undefined) === (jwksUrl === undefined))
		problems.push('one of JWT_SECRET and JWT_JWKS_URL is required')
	if (secret !== undefined && Buffer.byteLength(secret) < smallestSecretBytes) {
		problems.push(`JWT_SECRET must have at least ${smallestSecretBytes} bytes`)
	}
	if (secret === developmentSecret && host !== undefined && !isLoopback(host) && !variables.ALLOW_DEVELOPMENT_SECRET) {
		problems.push(
			'JWT_SECRET is the development secret, which is refused when HOST is not loopback (ALLOW_DEVELOPMENT_SECRET=true permits it)',
		)
	}
	if (workers > 1 && databaseUrl?.startsWith('pglite:')) {
		problems.push('WORKERS must be 1 with a pglite: DATABASE_URL, which serves one process')
	}
	return [...problems, ...checkGrpcTls(variables)]
}

export function isLoopback(host: string): boolean {
	return host === 'localhost' || host === '::1' || /^127\.\d+\.\d+\.\d+$/.test(host)
}
