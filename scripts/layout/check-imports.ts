import { isBuiltin } from 'node:module'
import { matchesGlob } from 'node:path'
import { type ImportRule, importRules } from './import-rules.ts'
import { computedName, type ImportKind } from './imports.ts'
import { type Arrow, packageName, packageOf, type Workspace } from './workspace.ts'

export type Violation = {
	rule: string
	/** The file or the folder that breaks the rule. */
	path: string
	sentence: string
	upwards?: true
}

/** The imports that the table of rules or a `package.json` does not allow. */
export function checkImports(workspace: Workspace): Violation[] {
	return [...importRules.flatMap((rule) => refusedImports(rule, workspace)), ...undeclaredImports(workspace)]
}

const anyKind: ImportKind[] = ['value', 'type', 'resolved']

function refusedImports({ name, files, imports, why, sees, relative, upwards }: ImportRule, workspace: Workspace) {
	const kinds = sees ?? anyKind
	const concerns = new Map(workspace.files.map(({ path }) => [path, matches([path], files)]))
	return workspace.arrows
		.filter(
			({ from, kind, specifier }) =>
				concerns.get(from) && kinds.includes(kind) && (!relative || specifier.startsWith('.')),
		)
		.filter(({ from, specifier, target }) => {
			const own = packageOf(from, workspace.packages)?.folder ?? ''
			return matches(
				[specifier, target],
				imports.map((glob) => glob.replace('$own', own)),
			)
		})
		.map((arrow): Violation => ({ rule: name, path: arrow.from, sentence: `${inWords(arrow)}. ${why}`, upwards }))
}

function undeclaredImports({ arrows, packages }: Workspace): Violation[] {
	return (
		arrows
			.filter(({ kind, specifier }) => kind !== 'resolved' && !specifier.startsWith('.') && !isBuiltin(specifier))
			// A rule of the table refuses a computed name where packages are shipped.
			.filter(({ specifier }) => specifier !== computedName)
			.filter(({ from, kind, specifier }) => {
				const own = packageOf(from, packages)
				// Scripts at the root look at the whole repository, and their tests hold imports as text.
				if (own === undefined) return false
				// A package without dependencies is for development only, and may load its devDependencies.
				const shipped = own.dependencies.length > 0 && kind === 'value' && from.startsWith(`${own.folder}/src/`)
				return ![...own.dependencies, ...(shipped ? [] : own.devDependencies)].includes(packageName(specifier))
			})
			.map((arrow) => ({
				rule: 'packages name what they import',
				path: arrow.from,
				sentence: `${inWords(arrow)}. A package imports only packages that its package.json names; src loads no devDependencies.`,
			}))
	)
}

function inWords({ from, kind, specifier }: Arrow): string {
	return `${from} imports ${kind === 'type' ? 'types from ' : ''}${specifier}`
}

const remembered = new Map<string, boolean>()

function matches(names: string[], globs: string[]): boolean {
	const some = (glob: string) => names.some((name) => matchesOne(name, glob))
	return (
		globs.some((glob) => !glob.startsWith('!') && some(glob)) &&
		!globs.some((glob) => glob.startsWith('!') && some(glob.slice(1)))
	)
}

function matchesOne(name: string, glob: string): boolean {
	const key = `${name}\n${glob}`
	// For Node `**` leaves out paths with a dot in front, such as a path that leads out of the repository.
	const known = remembered.get(key) ?? (glob === '**' || matchesGlob(name, glob))
	remembered.set(key, known)
	return known
}
