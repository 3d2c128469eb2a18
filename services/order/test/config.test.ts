import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { developmentSecret } from '@mercat/service/config'
import { ConfigError } from '@mercat/service/variables'
import { describe, expect, test } from 'vitest'
import { readOrderConfig } from '../src/config.ts'

const secret = 'a-secret-that-nobody-may-ever-see-in-a-message'
const good = { DATABASE_URL: 'pglite:memory', CATALOG_ADDRESS: 'dns:///catalog:50051', JWT_SECRET: secret }

/** The message of the ConfigError for `env`. */
function messageOf(env: NodeJS.ProcessEnv): string {
	try {
		readOrderConfig(env)
	} catch (error) {
		expect(error).toBeInstanceOf(ConfigError)
		return (error as Error).message
	}
	throw new Error('the configuration was accepted')
}

test('a variable that is not set, or empty, has its default', () => {
	expect(readOrderConfig(good)).toMatchObject({
		host: '127.0.0.1',
		port: 8080,
		databaseUrl: 'pglite:memory',
		catalogAddress: 'dns:///catalog:50051',
		tokens: { secret, issuer: 'mercat', audience: 'mercat' },
		requestBudgetMs: 2_000,
		paymentWindowMs: 900_000,
		rateLimit: 1_200,
		maxUnpaidOrders: 100,
		eventsRetentionMs: 30 * 86_400_000,
		maxStreams: 500,
		allowPrivateWebhooks: false,
		secretsKeys: [],
		trustProxy: [],
		corsOrigins: [],
		logLevel: 'info',
		drainDelayMs: 0,
		shutdownTimeoutMs: 10_000,
	})
	expect(readOrderConfig({ ...good, PORT: '', RATE_LIMIT: '' })).toMatchObject({ port: 8080, rateLimit: 1_200 })
	expect(readOrderConfig({ ...good, PORT: ' 81\r' })).toMatchObject({ port: 81 })
})

test.each([
	['DATABASE_URL', undefined],
	['DATABASE_URL', 'mysql://user:hunter2@db'],
	['DATABASE_URL', 'pglite:'],
	['DATABASE_REPLICA_URL', 'pglite:hunter2'],
	['DATABASE_REPLICA_URL', 'postgres://replica/order'],
	['CATALOG_ADDRESS', undefined],
	['CATALOG_ADDRESS', ''],
	['PORT', 'hunter2'],
	['PORT', '65536'],
	['PORT', '-1'],
	['METRICS_PORT', '1.5'],
	['REQUEST_BUDGET_MS', '0'],
	['REQUEST_BUDGET_MS', '2s'],
	['PAYMENT_WINDOW_S', '-5'],
	['RATE_LIMIT', '-1'],
	['MAX_UNPAID_ORDERS', 'many'],
	['WORKERS', '0'],
	['WORKERS', '2'],
	['LOG_LEVEL', 'hunter2'],
	['DRAIN_DELAY_MS', 'x'],
	['DRAIN_DELAY_MS', '1e3'],
	['ALLOW_DEVELOPMENT_SECRET', 'hunter2'],
	['SHUTDOWN_TIMEOUT_MS', 'x'],
	['JWT_SECRET', undefined],
	['JWT_SECRET', 'hunter2'],
	['JWT_JWKS_URL', 'https://hunter2.example.com/jwks'],
	['JWT_JWKS_URL', 'hunter2'],
	['WEBHOOK_URLS', 'hunter2'],
	['EVENTS_RETENTION_DAYS', '0'],
	['EVENTS_RETENTION_DAYS', '3651'],
	['MAX_STREAMS', '-1'],
	['MAX_STREAMS', '100001'],
	['WEBHOOK_ALLOW_PRIVATE', 'yes'],
	['SECRETS_KEY', 'hunter2'],
	['CONSOLE', 'hunter2'],
	['MARKET_URL', 'hunter2'],
	['MARKET_URL', 'https://hunter2; script-src *'],
	['MARKET_URL', 'https://user:hunter2@market.example'],
	['MARKET_URL', 'https://market.example?hunter2'],
	['SECRETS_KEY', 'a-key-of-32-bytes-is-long-enough hunter2'],
	['OTEL_SDK_DISABLED', 'hunter2'],
	['OTEL_EXPORTER_OTLP_ENDPOINT', 'https://user:hunter2@collector'],
	['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', 'hunter2'],
	['OTEL_TRACES_SAMPLER', 'hunter2'],
	['OTEL_TRACES_SAMPLER_ARG', '-0.1'],
	['OTEL_TRACES_SAMPLER_ARG', '1.1'],
	['OTEL_TRACES_SAMPLER_ARG', 'half'],
	['OTEL_BSP_SCHEDULE_DELAY', '-1'],
	['OTEL_BSP_MAX_QUEUE_SIZE', '0'],
	['GRPC_TLS_CERT', '/hunter2.pem'],
	['GRPC_TLS_REQUIRE_CLIENT_CERT', 'true'],
])('a message about a wrong %s names it and does not show its value: %s', (name, value) => {
	const message = messageOf({ ...good, [name]: value })
	expect(message).toContain(name)
	expect(message).not.toContain('hunter2')
	expect(message).not.toContain(secret)
	expect(message).not.toContain('\n')
})

test('one message names every wrong variable', () => {
	const message = messageOf({ PORT: 'x', RATE_LIMIT: 'x', JWT_SECRET: 'short', LOG_LEVEL: 'loud' })
	for (const name of ['PORT', 'RATE_LIMIT', 'LOG_LEVEL', 'DATABASE_URL', 'CATALOG_ADDRESS', 'JWT_SECRET']) {
		expect(message).toContain(name)
	}
})

test('SECRETS_KEY is a list, between commas or spaces', () => {
	const [one, other] = ['a-key-of-32-bytes-is-long-enough', 'ein-Schlüssel-aus-32-Byte-geht-']
	for (const SECRETS_KEY of [`${one},${other}`, ` ${one}  ${other}\n`, `${one}, ${other}`]) {
		expect(readOrderConfig({ ...good, SECRETS_KEY }).secretsKeys).toEqual([one, other])
	}
})

test('the retention of events is given in days, and 0 streams are none', () => {
	const config = readOrderConfig({
		...good,
		EVENTS_RETENTION_DAYS: '3650',
		MAX_STREAMS: '0',
		WEBHOOK_ALLOW_PRIVATE: 'true',
	})
	expect(config).toMatchObject({ eventsRetentionMs: 315_360_000_000, maxStreams: 0, allowPrivateWebhooks: true })
})

test('CATALOG_TOKEN is required with JWT_JWKS_URL', () => {
	const env = { ...good, JWT_SECRET: undefined, JWT_JWKS_URL: 'https://issuer.example.com/jwks' }
	expect(messageOf(env)).toContain('CATALOG_TOKEN')
	expect(readOrderConfig({ ...env, CATALOG_TOKEN: 'token' })).toMatchObject({ catalogToken: 'token' })
	// `fetch` refuses a URL with a password, and its error would show the password.
	const withPassword = { ...env, CATALOG_TOKEN: 'token', JWT_JWKS_URL: 'https://user:hunter2@issuer.example.com/jwks' }
	expect(messageOf(withPassword)).toContain('JWT_JWKS_URL')
	expect(messageOf(withPassword)).not.toContain('hunter2')
})

describe('the development secret', () => {
	const env = { ...good, JWT_SECRET: developmentSecret }
	test.each(['127.0.0.1', '127.8.8.8', 'localhost', '::1'])('the development secret is accepted on %s', (HOST) => {
		expect(readOrderConfig({ ...env, HOST })).toMatchObject({ host: HOST })
	})

	test.each(['0.0.0.0', '::', '10.0.0.1', 'example.com', '127.0.0.1.example.com'])(
		'the development secret is refused on %s unless it is allowed',
		(HOST) => {
			expect(messageOf({ ...env, HOST })).toContain('JWT_SECRET')
			expect(messageOf({ ...env, HOST })).not.toContain(developmentSecret)
			expect(readOrderConfig({ ...env, HOST, ALLOW_DEVELOPMENT_SECRET: 'true' })).toMatchObject({ host: HOST })
			expect(readOrderConfig({ ...good, HOST })).toMatchObject({ host: HOST })
		},
	)
})

test('the value of a variable is read from the file that NAME_FILE names', () => {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-config-'))
	try {
		writeFileSync(join(folder, 'secret'), `${secret}\n`)
		const { JWT_SECRET: _given, ...rest } = good
		const config = readOrderConfig({ ...rest, JWT_SECRET_FILE: join(folder, 'secret') })
		expect(config.tokens.secret).toBe(secret)
		const message = messageOf({ ...rest, JWT_SECRET_FILE: join(folder, 'missing') })
		expect(message).toContain('JWT_SECRET_FILE')
		expect(message).not.toContain(folder)
	} finally {
		rmSync(folder, { recursive: true })
	}
})

describe('the process', () => {
	const main = fileURLToPath(new URL('../src/main.ts', import.meta.url))

	test('the process exits with code 1 and one line when its configuration is wrong', async () => {
		const env = { PATH: process.env['PATH'], JWT_SECRET: 'hunter2', PORT: 'hunter2', DATABASE_URL: 'pglite:memory' }
		const { code, stdout, stderr } = await new Promise<{ code: unknown; stdout: string; stderr: string }>((ended) => {
			execFile(process.execPath, [main], { env }, (error, stdout, stderr) =>
				ended({ code: error?.code, stdout, stderr }),
			)
		})
		expect(code).toBe(1)
		expect(stdout).toBe('')
		expect(stderr.trim().split('\n')).toHaveLength(1)
		expect(stderr).toContain('PORT')
		expect(stderr).toContain('CATALOG_ADDRESS')
		expect(stderr).not.toContain('hunter2')
	})
})

describe('the configuration of tracing', () => {
	const tracingOf = (env: Record<string, string>) => readOrderConfig({ ...good, ...env }).tracing
	const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://collector:4318'

	test('is missing without a collector, and when the SDK is disabled', () => {
		expect(tracingOf({})).toBeUndefined()
		expect(tracingOf({ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_SDK_DISABLED: 'true' })).toBeUndefined()
	})

	test.each([
		[{ OTEL_EXPORTER_OTLP_ENDPOINT }, 'http://collector:4318/v1/traces'],
		[{ OTEL_EXPORTER_OTLP_ENDPOINT: 'https://collector/otlp/' }, 'https://collector/otlp/v1/traces'],
		[{ OTEL_EXPORTER_OTLP_ENDPOINT, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces/here' }, 'https://traces/here'],
	])('has the URL for traces of %o', (env, url) => {
		expect(tracingOf(env)).toMatchObject({ url })
	})

	test('names the protocol that is supported, if another one is set and a collector is named', () => {
		const grpc = { OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }
		expect(tracingOf(grpc)).toBeUndefined()
		expect(messageOf({ ...good, OTEL_EXPORTER_OTLP_ENDPOINT, ...grpc })).toBe(
			'configuration error: OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf, the only protocol that is supported',
		)
		const traces = { OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/protobuf' }
		expect(tracingOf({ OTEL_EXPORTER_OTLP_ENDPOINT, ...grpc, ...traces })).toMatchObject({ samplerRatio: 1 })
	})
})
