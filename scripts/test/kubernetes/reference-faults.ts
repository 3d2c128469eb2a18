import {
	containerOf,
	type Labels,
	type Manifest,
	type Pods,
	podsOf,
	probeKinds,
	type Selector,
	selects,
} from './manifests.ts'

type ServicePort = { name: string; port: number; targetPort: string }
// `kubectl apply -l` takes a Deployment with its ConfigMaps.
const selectedTogether = ['app.kubernetes.io/name', 'app.kubernetes.io/component']

type IngressRule = { http: { paths: { backend: { service: { name: string; port: { name: string } } } }[] } }

/** What the documents say of each other and what is not so, each in a sentence. */
export function referenceFaults(manifests: Manifest[]): string[] {
	const pods = podsOf(manifests)
	const named = (kind: string) => manifests.filter((manifest) => manifest.kind === kind)
	const specs = (kind: string): (Record<string, unknown> & { name: string })[] =>
		named(kind).map(({ metadata, spec }) => ({ ...spec, name: metadata.name }))
	return [
		...pods.flatMap((each) => podFaults(each, named('ConfigMap'))),
		...specs('Deployment').flatMap(({ name, selector }) => {
			const { labels } = pods.find(({ owner }) => owner === `Deployment ${name}`) as Pods
			return selects(selector as Selector, labels) ? [] : [`Deployment ${name} does not select its own pods`]
		}),
		...specs('Service').flatMap(({ name, selector, ports }) =>
			serviceFaults(name, selector as Labels, ports as ServicePort[], pods),
		),
		...specs('PodDisruptionBudget').flatMap(({ name, selector }) =>
			oneOwner(pods, selector as Selector) ? [] : [`PodDisruptionBudget ${name} is not of one Deployment`],
		),
		...specs('HorizontalPodAutoscaler').flatMap(({ name, ...spec }) => scalerFaults(name, spec, manifests)),
		...specs('Ingress').flatMap(({ name, rules }) => ingressFaults(name, rules as IngressRule[], named('Service'))),
	]
}

function podFaults(pods: Pods, configMaps: Manifest[]): string[] {
	const { owner, labels, spec } = pods
	const { ports = [], envFrom = [], ...container } = containerOf(pods)
	const wanted = [
		...envFrom.map(({ configMapRef }) => configMapRef.name),
		...(spec.volumes ?? []).flatMap(({ configMap }) => configMap?.name ?? []),
	]
	const found = configMaps.filter(({ metadata }) => wanted.includes(metadata.name))
	const probes = probeKinds.map((kind) => ({ kind, ...container[kind] }))
	return [
		...wanted
			.filter((name) => !configMaps.some(({ metadata }) => metadata.name === name))
			.map((name) => `${owner} names the ConfigMap ${name}, which does not exist`),
		...found
			.filter(({ metadata }) => !selectedTogether.every((label) => metadata.labels?.[label] === labels[label]))
			.map(({ metadata }) => `${owner} and the ConfigMap ${metadata.name} have other labels`),
		...probes
			.filter(({ httpGet }) => httpGet !== undefined && !ports.some(({ name }) => name === httpGet.port))
			.map(({ kind }) => `the ${kind} of ${owner} asks a port that the container does not name`),
		...probes
			.filter(({ grpc }) => grpc !== undefined && !ports.some(({ containerPort }) => containerPort === grpc.port))
			.map(({ kind }) => `the ${kind} of ${owner} asks a port that the container does not have`),
		...(spec.topologySpreadConstraints ?? [])
			.filter(({ labelSelector }) => !selects(labelSelector, labels))
			.map(() => `${owner} is spread by pods that are not its own`),
	]
}

function serviceFaults(name: string, matchLabels: Labels, ports: ServicePort[], pods: Pods[]): string[] {
	const owner = oneOwner(pods, { matchLabels })
	if (owner === undefined) return [`Service ${name} does not lead to the pods of one Deployment`]
	const containerPorts = containerOf(owner).ports ?? []
	return ports
		.filter(({ targetPort }) => !containerPorts.some((port) => port.name === targetPort))
		.map((port) => `Service ${name} leads to ${port.targetPort}, which ${owner.owner} does not name`)
}

function scalerFaults(name: string, spec: Record<string, unknown>, manifests: Manifest[]): string[] {
	const {
		scaleTargetRef: target,
		minReplicas,
		maxReplicas,
	} = spec as {
		scaleTargetRef: { apiVersion: string; kind: string; name: string }
		minReplicas: number
		maxReplicas: number
	}
	const scaled = manifests.find(({ kind, metadata }) => kind === target.kind && metadata.name === target.name)
	if (scaled?.apiVersion !== target.apiVersion) return [`HorizontalPodAutoscaler ${name} scales nothing`]
	return [
		...(minReplicas <= maxReplicas ? [] : [`HorizontalPodAutoscaler ${name} has more than most replicas`]),
		...(scaled.spec?.['replicas'] === undefined ? [] : [`${target.kind} ${name} has replicas and an autoscaler`]),
	]
}

function ingressFaults(name: string, rules: IngressRule[], services: Manifest[]): string[] {
	return rules
		.flatMap(({ http }) => http.paths)
		.filter(({ backend: { service } }) => {
			const target = services.find(({ metadata }) => metadata.name === service.name)
			const ports = (target?.spec?.['ports'] ?? []) as ServicePort[]
			return !ports.some((port) => port.name === service.port.name)
		})
		.map(({ backend }) => `Ingress ${name} leads to no port of a Service ${backend.service.name}`)
}

function oneOwner(pods: Pods[], selector: Selector): Pods | undefined {
	const selected = pods.filter(({ labels }) => selects(selector, labels))
	return selected.length === 1 && selected[0]?.owner.startsWith('Deployment') ? selected[0] : undefined
}
