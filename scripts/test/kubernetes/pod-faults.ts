import { containerOf, folderOf, type Manifest, type Pods, podsOf, type Source } from './manifests.ts'

/** What a pod has and should not have, or lacks, each in a sentence. `secrets` are those that the documents tell to make. */
export function podFaults(
	manifests: Manifest[],
	{ variables, secrets }: { variables: string[]; secrets: string[] },
): string[] {
	const configMaps = manifests.filter(({ kind }) => kind === 'ConfigMap')
	return [
		...configMaps.flatMap(({ metadata, data = {} }) =>
			Object.keys(data)
				.filter((name) => /^[A-Z_]+$/.test(name) && !variables.includes(name))
				.map((name) => `ConfigMap ${metadata.name} has ${name}, which no service reads`),
		),
		...podsOf(manifests).flatMap((pods) => [
			...hardeningFaults(pods),
			...variableFaults(pods, variables),
			...volumeFaults(pods, secrets),
		]),
	]
}

function hardeningFaults(pods: Pods): string[] {
	const { owner, spec } = pods
	const { resources, securityContext, env = [] } = containerOf(pods)
	const { runAsNonRoot, seccompProfile } = spec.securityContext ?? {}
	const millisOf = (variable: string) => Number(env.find(({ name }) => name === variable)?.value ?? 0)
	const shutdownS = millisOf('SHUTDOWN_TIMEOUT_MS') / 1_000
	const holds: Record<string, boolean> = {
		'may run as root': runAsNonRoot === true,
		'has no seccomp profile': JSON.stringify(seccompProfile) === '{"type":"RuntimeDefault"}',
		'may write to its root file system': securityContext?.['readOnlyRootFilesystem'] === true,
		'may get more privileges': securityContext?.['allowPrivilegeEscalation'] === false,
		'has capabilities': JSON.stringify(securityContext?.['capabilities']) === '{"drop":["ALL"]}',
		'has a token of Kubernetes': spec.automountServiceAccountToken === false,
		'gets variables such as ORDER_PORT from Kubernetes': spec.enableServiceLinks === false,
		'asks for no CPU or memory':
			resources?.requests?.['cpu'] !== undefined && resources.requests['memory'] !== undefined,
		'has no limit of memory': resources?.limits?.['memory'] !== undefined,
		'is killed before its own timeout': (spec.terminationGracePeriodSeconds ?? 30) > shutdownS,
		'stops before others know of it': shutdownS === 0 || millisOf('DRAIN_DELAY_MS') > 2_000,
		'may write to a volume': containerOf(pods).volumeMounts?.every(({ readOnly }) => readOnly === true) ?? true,
	}
	return Object.keys(holds)
		.filter((sentence) => !holds[sentence])
		.map((sentence) => `${owner} ${sentence}`)
}

function variableFaults(pods: Pods, variables: string[]): string[] {
	return (containerOf(pods).env ?? [])
		.map(({ name }) => name.replace(/_FILE$/, ''))
		.filter((name) => !variables.includes(name))
		.map((name) => `${pods.owner} sets ${name}, which no service reads`)
}

function volumeFaults(pods: Pods, documented: string[]): string[] {
	const { owner, spec } = pods
	const { env = [], volumeMounts = [] } = containerOf(pods)
	const volumes = (spec.volumes ?? []).map(({ name, projected, ...source }) => ({
		name,
		files: (projected?.sources ?? [source]).flatMap(filesOf),
	}))
	const files = volumeMounts.flatMap(({ name, mountPath }) =>
		(volumes.find((volume) => volume.name === name)?.files ?? []).map((file) => ({ ...file, folder: mountPath })),
	)
	const given = (path: string) =>
		files.find(({ folder, path: own }) => (own === undefined ? folderOf(path) === folder : path === `${folder}/${own}`))
	return [
		...env
			.filter(({ value }) => value?.startsWith('/') && given(value) === undefined)
			.map(({ name }) => `${name} of ${owner} names a file that no volume has`),
		...volumes
			.flatMap(({ files }) => files)
			.flatMap(({ secret }) => secret ?? [])
			.filter((secret) => !documented.some((known) => known === secret || known.startsWith(`${secret}/`)))
			.map((secret) => `${owner} needs the Secret ${secret}, which docs/kubernetes.md does not make`),
	]
}

/** The files of a source of a volume: their paths where they are listed, and the Secret and its key that they come from. */
function filesOf({ secret, configMap }: Source): { path?: string; secret?: string }[] {
	if (configMap !== undefined) return [{}]
	const name = secret?.name ?? secret?.secretName ?? ''
	return secret?.items?.map(({ key, path }) => ({ path, secret: `${name}/${key}` })) ?? [{ secret: name }]
}
