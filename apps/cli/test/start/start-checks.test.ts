import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runMercat } from '@mercat/testing/run-mercat'
import getPort from 'get-port'
import { afterEach, beforeEach, expect, test } from 'vitest'

let folder: string
let dataDir: string
beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), 'mercat-checks-'))
	dataDir = join(folder, 'data')
})
afterEach(() => rmSync(folder, { recursive: true }))

function start(variables: { [name: string]: string }) {
	return runMercat(['start'], { DATA_DIR: dataDir, CATALOG_PORT: '0', ORDER_PORT: '0', ...variables })
}

/** A port that another program has. */
async function takenPort(port: number): Promise<{ port: number } & AsyncDisposable> {
	const server: Server = createServer()
	await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening))
	return {
		port: (server.address() as { port: number }).port,
		[Symbol.asyncDispose]: () => new Promise<void>((closed) => server.close(() => closed())),
	}
}

test('mercat start names every wrong variable of all services, before it makes anything', async () => {
	const { exitCode, stdout, stderr } = await start({
		CORS_ORIGINS: 'http://localhost:5173/shop',
		RATE_LIMIT: 'many',
		GRPC_TLS_REQUIRE_CLIENT_CERT: 'true',
		LOG_LEVEL: 'loud',
		MARKET_RETENTION: '1s=long',
	})
	expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
	expect(stderr).toMatch(/^mercat: configuration error: .+\n$/)
	for (const name of ['CORS_ORIGINS', 'RATE_LIMIT', 'GRPC_TLS_CA', 'LOG_LEVEL', 'MARKET_RETENTION']) {
		expect(stderr.split(`${name} `).length - 1, name).toBe(1)
	}
	expect(existsSync(dataDir)).toBe(false)
})

test.each([
	['CATALOG_PORT', 0, ''],
	['ORDER_PORT', 0, ''],
	['METRICS_PORT', 0, ''],
	['METRICS_PORT', 1, ', after which the catalog takes the next port,'],
])(
	'mercat start names %s when the port %i after it is in use, before it makes databases',
	async (variable, after, which) => {
		const port = await getPort()
		await using taken = await takenPort(port + after)
		const { exitCode, stdout, stderr } = await start({ [variable]: String(port) })
		expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
		expect(stderr).toBe(
			`mercat: port ${taken.port} of 127.0.0.1 is in use, perhaps by another mercat start: stop the program that has it, or set ${variable}${which} to another port, or to 0 for any free port\n`,
		)
		expect(readdirSync(dataDir)).toEqual([])
	},
)

test('mercat start names both variables that need the same port', async () => {
	const port = String(await getPort())
	const { stderr } = await start({ CATALOG_PORT: port, ORDER_PORT: port })
	expect(stderr).toBe(`mercat: ORDER_PORT and CATALOG_PORT must be different: both need port ${port}\n`)
})

test('mercat start says that HOST is no address of this machine', async () => {
	// An address for documentation (RFC 5737), which no machine has.
	const { stderr } = await start({
		HOST: '192.0.2.1',
		ORDER_PORT: String(await getPort()),
		JWT_SECRET: 'x'.repeat(32),
	})
	expect(stderr).toMatch(/^mercat: HOST must be an address of this machine: nothing can listen on 192\.0\.2\.1 /)
})
