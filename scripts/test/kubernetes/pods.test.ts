import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callUnary, createCatalogClients } from '../../../packages/catalog-api/src/client.ts'
import { healthRpcs } from '../../../packages/catalog-api/src/proto/load-proto.ts'
import { openDatabase } from '../../../packages/database/src/database.ts'
import { nodeFlags } from '../../../packages/service/src/process/node-flags.ts'
import { root } from '../repository-files.ts'
import { isDeployment, type LocalPods, openLocalPods } from './local-pods.ts'
import { baseManifests, containerOf, type Pods, type Probe, podsOf, probeKinds } from './manifests.ts'

const base = baseManifests()
const jobs = podsOf(base).filter((pods) => !isDeployment(pods))
const deployments = podsOf(base).filter(isDeployment)
const run = promisify(execFile)

describe('the pods of the base for Kubernetes, as processes of this machine', () => {
	let local: LocalPods
	const processes: ChildProcess[] = []

	beforeAll(async () => {
		local = await openLocalPods(base)
	})

	afterAll(async () => {
		const ended = processes.map((child) => child.exitCode !== null || once(child, 'exit'))
		for (const child of processes) child.kill('SIGKILL')
		await Promise.all(ended)
		await local[Symbol.asyncDispose]()
	})

	async function answers({ name, spec }: Pods, { httpGet, grpc }: Probe): Promise<boolean> {
		if (grpc !== undefined) {
			const clients = createCatalogClients(`127.0.0.1:${local.portOf(name, grpc.port)}`)
			const request = { service: grpc.service ?? '' }
			const { status } = await callUnary(clients.catalog, healthRpcs.Check, request, { timeoutMs: 2_000 })
				.catch(() => ({ status: '' }))
				.finally(() => clients.close())
			return status === 'SERVING'
		}
		const asked = spec.containers[0]?.ports?.find((port) => port.name === httpGet?.port)?.containerPort ?? 0
		const { ok } = await fetch(`http://127.0.0.1:${local.portOf(name, asked)}${httpGet?.path}`)
		return ok
	}

	test.each(jobs)('$owner migrates with the secret of its database alone, opens no port, and ends', async (pods) => {
		const container = containerOf(pods)
		const main = local.mainOf(container)
		await using taken = createServer().listen(0, '127.0.0.1')
		await once(taken, 'listening')
		// A service that opened one of its ports would find it taken, and end with 1.
		const port = String((taken.address() as AddressInfo).port)
		const ports = { HOST: '127.0.0.1', PORT: port, METRICS_PORT: port, MARKET_PORT: port, MARKET_GRPC_PORT: port }
		const env = local.environmentOf(container)
		const { stdout } = await run(process.execPath, [main, ...(container.args ?? [])], { env: { ...env, ...ports } })
		expect(stdout).toContain('"msg":"the database is migrated"')

		const files = readdirSync(join(dirname(main), '../migrations')).filter((name) => name.endsWith('.sql'))
		await using database = await openDatabase(readFileSync(env['DATABASE_URL_FILE'] as string, 'utf8').trim())
		const applied = await database.query('select max(version)::int as version from schema_version')
		expect(applied).toEqual([{ version: files.length }])
	})

	test('become alive and ready, as their probes ask', async () => {
		for (const container of deployments.map(containerOf)) {
			const args = [...nodeFlags, local.mainOf(container)]
			processes.push(
				spawn(process.execPath, args, { env: local.environmentOf(container), stdio: ['ignore', 'ignore', 'inherit'] }),
			)
		}
		for (const pods of deployments) {
			for (const kind of probeKinds) {
				const probe = containerOf(pods)[kind] as Probe
				await eventually(async () => expect(await answers(pods, probe), `the ${kind} of ${pods.owner}`).toBe(true))
			}
		}
	})
})

const catalog = join(root, 'services/catalog/src/main.ts')

test('a migration that cannot reach its database ends with 1, so that its Job tries again', async () => {
	const env = { DATABASE_URL: 'postgres://127.0.0.1:1/catalog' }
	await expect(run(process.execPath, [catalog, 'migrate'], { env })).rejects.toMatchObject({
		code: 1,
		stdout: expect.stringContaining('"msg":"the database was not migrated"'),
	})
})

test('an argument that a service does not know ends its process, and tells its usage', async () => {
	await expect(run(process.execPath, [catalog, 'migrat'], { env: {} })).rejects.toMatchObject({
		code: 2,
		stderr: 'usage: main.ts [migrate]\n',
	})
})
