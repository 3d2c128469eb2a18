import { execFileSync, spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { root } from '../repository-files.ts'
import { documentedSecrets, knownVariables } from './known-names.ts'
import { baseManifests, containerOf, folder, type Manifest, parseManifests, podsOf } from './manifests.ts'
import { networkFaults } from './network-faults.ts'
import { podFaults } from './pod-faults.ts'
import { referenceFaults } from './reference-faults.ts'
import { schemaFaults } from './schema-faults.ts'

const lack = 'there is no kubectl of version 1.25 or later'
const { stdout } = spawnSync('kubectl', ['version', '--client'], { encoding: 'utf8' })
const hasKubectl = Number(/Client Version: v1\.(\d+)/.exec(stdout)?.[1] ?? 0) >= 25
if (!hasKubectl) console.warn(`the builds of deploy/kubernetes are left out, because ${lack}`)

// The header of the source in sources.json comes from a variable.
const known = { variables: [...knownVariables(), 'METALS_TOKEN'], secrets: documentedSecrets() }

describe.skipIf(!hasKubectl).each([
	{ name: 'base', namespace: 'mercat', more: [] },
	{ name: 'example', namespace: 'shop', more: ['Ingress mercat'] },
])(`what kubectl builds of $name${hasKubectl ? '' : ` (left out: ${lack})`}`, ({ name, namespace, more }) => {
	let built: Manifest[]
	beforeAll(() => {
		const yaml = execFileSync('kubectl', ['kustomize', join(root, folder, name)], { encoding: 'utf8' })
		built = parseManifests(yaml)
	})

	test('is every document of the base, in its namespace, as the schemas want them', async () => {
		// A generated name ends with a hash.
		const titles = built.map(({ kind, metadata }) => `${kind} ${metadata.name.replace(/-[a-z0-9]{10}$/, '')}`)
		const expected = baseManifests().map(({ kind, metadata }) =>
			kind === 'Namespace' ? `Namespace ${namespace}` : `${kind} ${metadata.name}`,
		)
		expect(titles.toSorted()).toEqual([...expected, ...more].toSorted())
		for (const manifest of built) {
			expect(await schemaFaults(manifest)).toEqual([])
			if (manifest.kind !== 'Namespace') expect(manifest.metadata.namespace).toBe(namespace)
		}
	})

	test('agrees with itself, with the documents and with the rules for its pods', () => {
		expect([...referenceFaults(built), ...networkFaults(built), ...podFaults(built, known)]).toEqual([])
	})

	test('asks pods with TLS over HTTP, because probes over gRPC know no TLS', () => {
		for (const container of podsOf(built).map(containerOf)) {
			const hasTls = container.env?.some((variable) => variable.name === 'GRPC_TLS_CERT')
			expect(hasTls).toBe(name === 'example' && container.name !== 'migration')
			if (hasTls) expect(container.readinessProbe).toMatchObject({ httpGet: { path: '/readyz' } })
			if (hasTls) expect(container.readinessProbe?.grpc).toBeUndefined()
		}
	})
})
