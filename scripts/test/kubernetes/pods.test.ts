import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { callUnary, createCatalogClients } from '../../../packages/catalog-api/src/client.ts'
import { healthRpcs } from '../../../packages/catalog-api/src/proto/load-proto.ts'
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

	test.each(jobs)(
		'$owner migrates with the secret of its database alone, and changes nothing the second time',
		async (pods) => {
			const container = containerOf(pods)
			const migrate = () =>
				run(process.execPath, [local.mainOf(container), ...(container.args ?? [])], {
					env: local.environmentOf(container),
				})
			expect((await migrate()).stdout).toContain('"msg":"the database is migrated"')
			expect((await migrate()).stdout).toContain('"msg":"the database is migrated"')
		},
	)

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

test('an argument that a service does not know ends its process, and tells its usage', async () => {
	const main = join(root, 'services/catalog/src/main.ts')
	await expect(run(process.execPath, [main, 'migrat'], { env: {} })).rejects.toMatchObject({
		code: 2,
		stderr: 'usage: main.ts [migrate]\n',
	})
})
