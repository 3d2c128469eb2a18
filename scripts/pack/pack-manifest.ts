import { isBuiltin } from 'node:module'
import { posix } from 'node:path'
import { readImports } from '../layout/imports.ts'
import { packageName, type SourceFile, type WorkspacePackage } from '../layout/workspace.ts'

type Manifest = {
	name: string
	version: string
	description: string
	license: string
	dependencies?: Record<string, string>
}

export type PackContents = {
	/** The `package.json` of a folder of the workspace. */
	manifestOf(folder: string): Manifest
	own: WorkspacePackage
	/** The names of the exports that the pack has. */
	exported: string[]
	/** The compiled modules and their types. */
	compiled: SourceFile[]
}

/** The `package.json` of a pack. It depends on the libraries that the compiled files name, and on no package of the workspace. */
export function packManifest({ manifestOf, own, exported, compiled }: PackContents) {
	const { name, version, description, license } = manifestOf(own.folder)
	const paths = exported.map((exportName) => posix.join(own.folder, own.exports[exportName] as string))
	const dependencies = new Map<string, string>()
	for (const { path, text } of compiled) {
		for (const { specifier } of readImports(text)) {
			if (specifier.startsWith('.') || isBuiltin(specifier)) continue
			const library = packageName(specifier)
			// Such as `packages/client`, as in the repository.
			const folder = path.split('/').slice(0, 2).join('/')
			const required = manifestOf(folder).dependencies?.[library]
			if (required === undefined) throw new Error(`${path} imports ${library}, which ${folder} does not depend on`)
			dependencies.set(library, required)
		}
	}
	return {
		name,
		version,
		description,
		license,
		type: 'module',
		sideEffects: false,
		exports: Object.fromEntries(
			paths.map((path, index) => [
				exported[index] as string,
				{ types: `./${path.replace(/\.ts$/, '.d.ts')}`, default: `./${path.replace(/\.ts$/, '.js')}` },
			]),
		),
		dependencies: Object.fromEntries([...dependencies].toSorted()),
	}
}
