import { dirname, join } from 'node:path'
import { parse, parseAllDocuments } from 'yaml'
import { read } from '../repository-files.ts'

export const folder = 'deploy/kubernetes'

export type Labels = Record<string, string>

export type Selector = {
	matchLabels?: Labels
	matchExpressions?: { key: string; operator: string; values: string[] }[]
}

export type Probe = {
	httpGet?: { path: string; port: string | number }
	grpc?: { port: number; service?: string }
	periodSeconds?: number
	failureThreshold?: number
}

export const probeKinds = ['startupProbe', 'livenessProbe', 'readinessProbe'] as const

export type Container = { [kind in (typeof probeKinds)[number]]?: Probe } & {
	name: string
	image: string
	args?: string[]
	ports?: { name: string; containerPort: number }[]
	env?: { name: string; value?: string }[]
	envFrom?: { configMapRef: { name: string } }[]
	volumeMounts?: { name: string; mountPath: string; readOnly?: boolean }[]
	resources?: { requests?: Labels; limits?: Labels }
	securityContext?: Record<string, unknown>
}

/** Where the files of a volume come from. */
export type Source = {
	secret?: { name?: string; secretName?: string; items?: { key: string; path: string }[] }
	configMap?: { name: string }
}

export type PodSpec = {
	containers: Container[]
	volumes?: (Source & { name: string; projected?: { sources: Source[] } })[]
	securityContext?: Record<string, unknown>
	automountServiceAccountToken?: boolean
	enableServiceLinks?: boolean
	terminationGracePeriodSeconds?: number
	topologySpreadConstraints?: { labelSelector: Selector }[]
}

/** A document of Kubernetes. The parts of `spec` that the checks read have their types where they are read. */
export type Manifest = {
	apiVersion: string
	kind: string
	metadata: { name: string; namespace?: string; labels?: Labels }
	data?: Labels
	spec?: Record<string, unknown>
}

/** The pods that a Deployment or a Job makes. */
export type Pods = { owner: string; name: string; labels: Labels; spec: PodSpec }

export function parseManifests(yaml: string): Manifest[] {
	return parseAllDocuments(yaml).map((document) => {
		const faults = [...document.errors, ...document.warnings]
		if (faults.length > 0) throw new Error(faults.join('\n'))
		return document.toJS()
	})
}

type Kustomization = {
	resources: string[]
	configMapGenerator: { name: string; literals?: string[]; files?: string[]; options?: { labels: Labels } }[]
}

/** The `kustomization.yaml` of a folder such as `base`. */
export function readKustomization(name: string): Kustomization {
	return parse(read(`${folder}/${name}/kustomization.yaml`))
}

/** The documents of the base, with the ConfigMaps that its generators make, under the names that the documents use. */
export function baseManifests(): Manifest[] {
	const { resources, configMapGenerator } = readKustomization('base')
	const generated = configMapGenerator.map(({ name, literals = [], files = [], options }) => ({
		apiVersion: 'v1',
		kind: 'ConfigMap',
		metadata: { name, labels: options?.labels },
		data: Object.fromEntries([...literals.map(keyAndValue), ...files.map(keyAndText)]),
	}))
	return [...resources.flatMap((path) => parseManifests(read(`${folder}/base/${path}`))), ...generated]
}

export function keyAndValue(literal: string): [string, string] {
	const [key = '', ...value] = literal.split('=')
	return [key, value.join('=')]
}

function keyAndText(file: string): [string, string] {
	const [key, path] = keyAndValue(file)
	return [key, read(join(folder, 'base', path))]
}

export function podsOf(manifests: Manifest[]): Pods[] {
	return manifests.flatMap(({ kind, metadata, spec }) => {
		if (kind !== 'Deployment' && kind !== 'Job') return []
		const { template } = spec as { template: { metadata: { labels: Labels }; spec: PodSpec } }
		return [{ owner: `${kind} ${metadata.name}`, name: metadata.name, ...template.metadata, spec: template.spec }]
	})
}

/** The container of the pods, of which ours have one. */
export function containerOf({ spec }: Pods): Container {
	return spec.containers[0] as Container
}

export function selects({ matchLabels = {}, matchExpressions = [] }: Selector, labels: Labels): boolean {
	return (
		Object.entries(matchLabels).every(([key, value]) => labels[key] === value) &&
		matchExpressions.every(
			({ key, operator, values }) => operator === 'In' && labels[key] !== undefined && values.includes(labels[key]),
		)
	)
}

/** The folder that a file of a volume is in. */
export const folderOf = dirname
