import { runValidateFunc, type ValidateFunc } from '@kubernetes-models/validate'
import type { Manifest } from './manifests.ts'

/** What the schema of Kubernetes refuses in a document: values that it forbids, and fields that it does not know. */
export async function schemaFaults(manifest: Manifest): Promise<string[]> {
	const { validate }: { validate: ValidateFunc<unknown> } = await import(
		`kubernetes-models/_schemas/${schemaName(manifest)}`
	)
	const read = new Set<string>()
	try {
		runValidateFunc(validate, recordReads(manifest, '', read))
	} catch (error) {
		return [(error as Error).message]
	}
	return pathsOf(manifest, '')
		.filter((path) => !read.has(path))
		.map((path) => `data${path} is unknown`)
}

/** `IoK8sApiAppsV1Deployment` for the kind Deployment of apps/v1. */
function schemaName({ apiVersion, kind }: Manifest): string {
	const [version = '', group = 'core'] = apiVersion.split('/').reverse()
	const capital = (word: string) => word.slice(0, 1).toUpperCase() + word.slice(1)
	return `IoK8sApi${capital(group.split('.')[0] as string)}${capital(version)}${kind}`
}

/**
 * The same value, which notes the paths of the members that are read. The schemas permit members that they do not know, which
 * Kubernetes refuses. A validator reads each member that its schema knows, and no other.
 */
function recordReads<T>(value: T, path: string, read: Set<string>): T {
	if (typeof value !== 'object' || value === null) return value
	return new Proxy(value, {
		get(target, member) {
			const found = Reflect.get(target, member)
			if (typeof member === 'symbol' || !Object.hasOwn(target, member)) return found
			read.add(`${path}/${member}`)
			return recordReads(found, `${path}/${member}`, read)
		},
	})
}

function pathsOf(value: unknown, path: string): string[] {
	if (typeof value !== 'object' || value === null) return []
	return Object.entries(value).flatMap(([member, inner]) => [
		`${path}/${member}`,
		...pathsOf(inner, `${path}/${member}`),
	])
}
