import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCatalogConfig } from '../../../services/catalog/src/config.ts'
import { readMarketConfig } from '../../../services/market/src/config.ts'
import { readOrderConfig } from '../../../services/order/src/config.ts'
import { filesOf, read, root } from '../repository-files.ts'
import { documentedSecrets, knownVariables } from './known-names.ts'
import { baseManifests, folder, keyAndValue, type Manifest, parseManifests, readKustomization } from './manifests.ts'
import { networkFaults } from './network-faults.ts'
import { podFaults } from './pod-faults.ts'
import { referenceFaults } from './reference-faults.ts'
import { schemaFaults } from './schema-faults.ts'

const base = baseManifests()
const known = { variables: knownVariables(), secrets: documentedSecrets() }
const allFaults = (manifests: Manifest[]) => [
	...referenceFaults(manifests),
	...networkFaults(manifests),
	...podFaults(manifests, known),
]

describe('the base for Kubernetes', () => {
	test('has every file of its folder', () => {
		const { resources } = readKustomization('base')
		const files = filesOf(`${folder}/base/**/*.yaml`).map((path) => path.slice(`${folder}/base/`.length))
		expect(files.filter((path) => path !== 'kustomization.yaml')).toEqual(resources.toSorted())
	})

	test.each(base)('has $kind $metadata.name as the schema wants it', async (manifest) => {
		expect(await schemaFaults(manifest)).toEqual([])
	})

	test('agrees with itself, with the documents and with the rules for its pods', () => {
		expect(allFaults(base)).toEqual([])
	})

	test.each(['catalog', 'order', 'market'])('has everything that %s needs', (name) => {
		const kinds = base.filter(({ metadata }) => metadata.name.split('-')[0] === name).map(({ kind }) => kind)
		expect(new Set(kinds)).toEqual(
			new Set([
				'Deployment',
				'Job',
				'Service',
				'HorizontalPodAutoscaler',
				'PodDisruptionBudget',
				'NetworkPolicy',
				'ConfigMap',
			]),
		)
	})
})

test.each([
	['catalog', readCatalogConfig],
	['order', readOrderConfig],
	['market', readMarketConfig],
])('the settings of the example for %s are valid', (service, readConfig) => {
	const { literals = [] } = readKustomization('example').configMapGenerator.find(({ name }) => name === service) ?? {}
	const given = {
		DATABASE_URL: 'postgres://db.shop.example/shop',
		JWT_SECRET: 'a secret for the tests of the example for Kubernetes',
		CATALOG_ADDRESS: 'dns:///catalog:50051',
		MARKET_SOURCES: join(root, folder, 'example/sources.json'),
		METALS_TOKEN: 'Bearer abc',
	}
	const config = readConfig({ ...given, ...Object.fromEntries(literals.map(keyAndValue)) })
	expect(config).not.toEqual(readConfig(given))
})

describe('a fault', () => {
	test.each([
		['a number where a text belongs', 'name: order', 'name: 7', /must be string/],
		['a field that Kubernetes does not know', 'maxSurge:', 'maxSurges:', /maxSurges is unknown/],
		['a field at a wrong place', 'readOnlyRootFilesystem: true', 'fsGroup: 1000', /fsGroup is unknown/],
		['a value that is not one of several', '/livez, port: operators }', '/livez }', /port/],
	])('of a document is found: %s', async (_fault, from, to, sentence) => {
		const text = read(`${folder}/base/order/deployment.yaml`)
		expect(text).toContain(from)
		const [manifest] = parseManifests(text.replace(from, to))
		expect(await schemaFaults(manifest as Manifest)).toEqual([expect.stringMatching(sentence)])
	})

	test.each([
		[
			'order/service.yaml',
			'name: order,',
			'name: orders,',
			'Service order does not lead to the pods of one Deployment',
		],
		['order/service.yaml', 'targetPort: http', 'targetPort: web', 'Service order leads to web'],
		['order/scaling.yaml', 'kind: Deployment, name: order', 'kind: Deployment, name: shop', 'order scales nothing'],
		['order/scaling.yaml', 'component: service', 'component: job', 'PodDisruptionBudget order is not of one'],
		[
			'order/deployment.yaml',
			'path: /readyz, port: http',
			'path: /readyz, port: web',
			'readinessProbe of Deployment order',
		],
		['catalog/deployment.yaml', 'grpc: { port: 50051', 'grpc: { port: 50052', 'readinessProbe of Deployment catalog'],
		['order/deployment.yaml', 'configMapRef: { name: order }', 'configMapRef: { name: shop }', 'ConfigMap shop'],
		['order/deployment.yaml', 'readOnlyRootFilesystem: true', 'readOnlyRootFilesystem: false', 'may write to its root'],
		['order/deployment.yaml', 'enableServiceLinks: false', 'enableServiceLinks: true', 'variables such as ORDER_PORT'],
		['order/deployment.yaml', "value: '25000'", "value: '30000'", 'is killed before its own timeout'],
		['order/deployment.yaml', 'name: JWT_SECRET_FILE', 'name: JWT_SECRETS_FILE', 'sets JWT_SECRETS, which no service'],
		[
			'order/deployment.yaml',
			'path: secrets-key }',
			'path: keys }',
			'SECRETS_KEY_FILE of Deployment order names a file',
		],
		['order/deployment.yaml', 'name: order-keys', 'name: keys', 'needs the Secret keys/secrets-key'],
		['order/migration.yaml', 'drop: [ALL]', 'drop: [KILL]', 'Job order-migration has capabilities'],
		['network.yaml', 'podSelector: {}', 'podSelector: { matchLabels: { a: b } }', 'no policy denies everything else'],
		['market/network.yaml', 'port: 8080', 'port: 8081', 'Deployment market may not call order:8080'],
		['order/network.yaml', 'name: market', 'name: shop', 'NetworkPolicy order names pods that do not exist'],
		['catalog/network.yaml', 'port: 50051', 'port: 50052', 'NetworkPolicy catalog opens 50052'],
	])('of %s is found: %s as %s', (path, from, to, sentence) => {
		const whole = parseManifests(read(`${folder}/base/${path}`))
		const changed = parseManifests(read(`${folder}/base/${path}`).replace(from, to))
		expect(changed).not.toEqual(whole)
		const sameAs = (one: Manifest) => (other: Manifest) =>
			other.kind === one.kind && other.metadata.name === one.metadata.name
		const others = base.filter((manifest) => !whole.some(sameAs(manifest)))
		expect(allFaults([...others, ...changed])).toContainEqual(expect.stringContaining(sentence))
	})
})
