import { read } from '../repository-files.ts'

/** The variables that docs/configuration.md has in its tables. */
export function knownVariables(): string[] {
	const rows = [...read('docs/configuration.md').matchAll(/^\|([^|]+)\|/gm)]
	return rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([A-Z][A-Z0-9_]+)`/g)].map(([, name]) => name as string))
}

const services = ['catalog', 'order', 'market']

/** The Secrets that docs/kubernetes.md makes: `NAME/KEY` for each of their keys. */
export function documentedSecrets(): string[] {
	const commands = read('docs/kubernetes.md').replaceAll('\\\n', ' ')
	return [...commands.matchAll(/create secret generic (\S+)(.*)$/gm)].flatMap(([, name = '', options = '']) => {
		const names = name.includes('$service') ? services.map((service) => name.replace('$service', service)) : [name]
		const keys = [...options.matchAll(/--from-(?:file|literal)=([\w.-]+)=/g)].map(([, key]) => key)
		return names.flatMap((each) => keys.map((key) => `${each}/${key}`))
	})
}
