import { posix } from 'node:path'
import { type Import, readImports } from './imports.ts'

/** `path` is relative to the root of the repository and has slashes. */
export type SourceFile = { path: string; text: string }

export type WorkspacePackage = {
	/** Its folder, such as `services/order`. */
	folder: string
	name: string
	exports: Record<string, string>
	dependencies: string[]
	devDependencies: string[]
}

/** An import with the file that has it. `target` is a path within the repository, or the specifier of a foreign package. */
export type Arrow = Import & { from: string; target: string }

export type Workspace = { files: SourceFile[]; packages: WorkspacePackage[]; arrows: Arrow[] }

/** Reads the packages and the imports of a checkout, of which `files` holds at least modules and `package.json` files. */
export function readWorkspace(files: SourceFile[]): Workspace {
	const packages = files.filter(({ path }) => posix.basename(path) === 'package.json').map(readPackage)
	const arrows = files
		.filter(({ path }) => /\.[mc]?[jt]s$/.test(path))
		.flatMap(({ path, text }) =>
			readImports(text).map((found) => ({ ...found, from: path, target: targetOf(found.specifier, path, packages) })),
		)
	return { files, packages, arrows }
}

/** The package of an app, a service or a package that a file belongs to. */
export function packageOf(path: string, packages: WorkspacePackage[]): WorkspacePackage | undefined {
	return packages.find(({ folder }) => path.startsWith(`${folder}/`))
}

/** `fastify` of `fastify/types`, `@mercat/order` of `@mercat/order/server`. */
export function packageName(specifier: string): string {
	return specifier
		.split('/')
		.slice(0, specifier.startsWith('@') ? 2 : 1)
		.join('/')
}

function readPackage({ path, text }: SourceFile): WorkspacePackage {
	const { name = '', exports = {}, dependencies = {}, devDependencies = {} } = JSON.parse(text)
	return {
		folder: posix.dirname(path),
		name,
		exports,
		dependencies: Object.keys(dependencies),
		devDependencies: Object.keys(devDependencies),
	}
}

/** The path within the repository that a module names, or the name itself when it is foreign. */
export function targetOf(specifier: string, from: string, packages: WorkspacePackage[]): string {
	if (specifier.startsWith('.')) return posix.join(posix.dirname(from), specifier)
	const owner = packages.find(({ name }) => name === packageName(specifier))
	if (owner === undefined) return specifier
	const subpath = specifier.slice(owner.name.length)
	return posix.join(owner.folder, exportedFile(`.${subpath}`, owner) ?? subpath)
}

function exportedFile(subpath: string, { exports }: WorkspacePackage): string | undefined {
	if (exports[subpath] !== undefined) return exports[subpath]
	for (const [pattern, file] of Object.entries(exports)) {
		const [before = '', after] = pattern.split('*')
		if (after === undefined || !subpath.startsWith(before) || !subpath.endsWith(after)) continue
		return file.replace('*', subpath.slice(before.length, subpath.length - after.length))
	}
	return undefined
}
