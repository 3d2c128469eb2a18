import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createTestDatabase } from '@mercat/testing/test-database'
import getPort from 'get-port'
import { root } from '../repository-files.ts'
import { type Container, containerOf, type Manifest, type Pods, podsOf } from './manifests.ts'

/** Runs containers as processes of this machine: with their variables and files, and with other ports and databases. */
export type LocalPods = AsyncDisposable & {
	mainOf(container: Container): string
	environmentOf(container: Container): Record<string, string>
	/** The port of this machine for a port of a container. */
	portOf(service: string, containerPort: number): number
}

// The variable that decides each port. The documents of Kubernetes leave the ports at their defaults.
const portVariables: Record<string, Record<string, number>> = {
	catalog: { PORT: 50_051 },
	order: { PORT: 8_080 },
	market: { MARKET_PORT: 8_090, MARKET_GRPC_PORT: 50_052 },
}

const serviceOf = ({ image }: Container) => image.replace('mercat-', '')

export async function openLocalPods(manifests: Manifest[]): Promise<LocalPods> {
	await using opened = new AsyncDisposableStack()
	const folder = mkdtempSync(join(tmpdir(), 'mercat-pods-'))
	opened.defer(() => rmSync(folder, { recursive: true, force: true }))
	writeFileSync(join(folder, 'jwt-secret'), 'a-secret-for-the-tests-of-the-pods-of-kubernetes\n')
	writeFileSync(join(folder, 'secrets-key'), 'a-key-for-the-tests-of-the-pods-of-kubernetes\n')
	const ports = new Map<string, number>()
	for (const pods of podsOf(manifests).filter(isDeployment)) {
		for (const { containerPort } of containerOf(pods).ports ?? []) {
			ports.set(`${pods.name}:${containerPort}`, await getPort())
		}
		const { url } = opened.use(await createTestDatabase('postgres'))
		writeFileSync(join(folder, `${pods.name}-database-url`), `${url}\n`)
	}
	const maps = manifests.filter(({ kind }) => kind === 'ConfigMap')
	for (const { data = {} } of maps) {
		for (const [name, text] of Object.entries(data)) if (name.endsWith('.json')) writeFileSync(join(folder, name), text)
	}

	const portOf = (service: string, containerPort: number) => ports.get(`${service}:${containerPort}`) as number
	const addressHere = (address: string) =>
		address.replace(/\/([a-z]+):(\d+)$/, (_, host, port) => `/127.0.0.1:${portOf(host, Number(port))}`)
	const fileHere = (path: string, service: string) =>
		path.replace(/^\/(?:run\/secrets|etc)\/mercat\//, `${folder}/`).replace(/database-url$/, `${service}-database-url`)

	function environmentOf(container: Container): Record<string, string> {
		const service = serviceOf(container)
		const named = (container.envFrom ?? []).map(({ configMapRef }) => configMapRef.name)
		const settings = maps.filter(({ metadata }) => named.includes(metadata.name)).map(({ data }) => data)
		const own = Object.fromEntries((container.env ?? []).map(({ name, value = '' }) => [name, value]))
		const given: Record<string, string> = Object.assign({}, ...settings, own)
		const env = { PATH: process.env['PATH'] ?? '' }
		for (const [name, value] of Object.entries(given))
			Object.assign(env, { [name]: fileHere(addressHere(value), service) })
		if (container.ports === undefined) return env
		for (const [name, port] of Object.entries({ ...portVariables[service], METRICS_PORT: 9_464 })) {
			Object.assign(env, { [name]: String(portOf(service, port)) })
		}
		return { ...env, HOST: '127.0.0.1' }
	}

	const resources = opened.move()
	return {
		mainOf: (container) => join(root, 'services', serviceOf(container), 'src/main.ts'),
		environmentOf,
		portOf,
		[Symbol.asyncDispose]: () => resources.disposeAsync(),
	}
}

export function isDeployment({ owner }: Pods): boolean {
	return owner.startsWith('Deployment ')
}
