import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { startOtlpCollector } from '@mercat/testing/otlp-collector'
import getPort from 'get-port'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('./traced-program.ts', import.meta.url))

/** The program in a process of its own, which is killed at the end of the test. */
function startProgram(env: Record<string, string>) {
	const base = { PATH: process.env['PATH'], JWT_SECRET: 'x'.repeat(32), DATABASE_URL: 'pglite:memory' }
	const child: ChildProcess = fork(program, { env: { ...base, ...env }, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
	let output = ''
	for (const stream of [child.stdout, child.stderr]) {
		stream?.on('data', (chunk) => {
			output += chunk
		})
	}
	const exit = once(child, 'close')
	return {
		listening: async () => {
			await Promise.race([once(child, 'message'), exit])
			if (child.exitCode !== null) throw new Error(output)
		},
		/** The exit code and the output. */
		async end(signal?: NodeJS.Signals) {
			if (signal !== undefined) child.kill(signal)
			await exit
			return { exitCode: child.exitCode, output }
		},
		[Symbol.dispose]: () => void child.kill('SIGKILL'),
	}
}

test('a process sends its spans, and at its end those of its drain', async () => {
	await using collector = await startOtlpCollector()
	using service = startProgram({ ...collector.env, OTEL_BSP_SCHEDULE_DELAY: '3600000' })
	await service.listening()
	expect(collector.spans).toEqual([])
	expect(await service.end('SIGTERM')).toMatchObject({ exitCode: 0 })
	expect(collector.spans.map(({ name }) => name)).toEqual(['start', 'drain'])
})

test.each([
	['OTEL_SDK_DISABLED', 'true'],
	['OTEL_EXPORTER_OTLP_ENDPOINT', ''],
	['OTEL_TRACES_EXPORTER', 'none'],
])(
	'a process with %s=%s sends no spans, although the rest of the configuration names a collector',
	async (name, value) => {
		await using collector = await startOtlpCollector()
		using service = startProgram({ ...collector.env, [name]: value })
		await service.listening()
		expect(await service.end('SIGTERM')).toMatchObject({ exitCode: 0 })
		expect(collector.requests).toEqual([])
	},
)

test('a collector that never answers delays the end of a process by two seconds at most', async () => {
	await using collector = await startOtlpCollector({ answer: 'never' })
	using service = startProgram(collector.env)
	await service.listening()
	await collector.until(({ requests }) => requests.length > 0)
	const stoppedAt = performance.now()
	const { exitCode, output } = await service.end('SIGTERM')
	expect(performance.now() - stoppedAt).toBeLessThan(3_500)
	expect(exitCode).toBe(0)
	expect(output).toContain('the last spans were not sent in time')
})

test('a process with little time for its end waits for the collector for a quarter of it', async () => {
	await using collector = await startOtlpCollector({ answer: 'never' })
	using service = startProgram({ ...collector.env, SHUTDOWN_TIMEOUT_MS: '1500' })
	await service.listening()
	await collector.until(({ requests }) => requests.length > 0)
	const { exitCode, output } = await service.end('SIGTERM')
	expect(output).toContain('the last spans were not sent in time')
	expect(exitCode).toBe(0)
})

test('a collector that is gone does not keep a process from its start and its end', async () => {
	using service = startProgram({ OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${await getPort()}` })
	await service.listening()
	expect(await service.end('SIGTERM')).toMatchObject({ exitCode: 0 })
})

test.each([
	['OTEL_TRACES_SAMPLER', 'sometimes', 'OTEL_TRACES_SAMPLER must be one of always_on, always_off, '],
	['OTEL_TRACES_SAMPLER_ARG', '1.5', 'OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1'],
	['OTEL_TRACES_EXPORTER', 'zipkin', 'OTEL_TRACES_EXPORTER must be one of otlp, none'],
	['OTEL_EXPORTER_OTLP_PROTOCOL', 'grpc', 'OTEL_EXPORTER_OTLP_PROTOCOL must be http/protobuf, the only protocol'],
	['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http: or https: URL'],
])('a process with %s=%s does not start, and says why', async (name, value, sentence) => {
	using service = startProgram({ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318', [name]: value })
	const { exitCode, output } = await service.end()
	expect(exitCode).toBe(1)
	expect(output).toContain(sentence)
})
