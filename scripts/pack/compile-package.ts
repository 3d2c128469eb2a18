import { execFileSync } from 'node:child_process'
import { globSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { WorkspacePackage } from '../layout/workspace.ts'

export type PackageToCompile = {
	/** The packages of the workspace. */
	packages: WorkspacePackage[]
	/** The root of the repository. */
	root: string
	/** The folder of the package, such as `packages/client`. */
	folder: string
	/** The modules that the pack exports, relative to the folder; `*` stands for every name. */
	sources: string[]
}

/**
 * Compiles modules of a package, and everything that they import from the workspace, into its folder `dist`. There, each file
 * has the path that it has in the repository.
 */
export function compilePackage({ packages, root, folder, sources }: PackageToCompile): void {
	const dist = join(root, folder, 'dist')
	const settings = join(dist, 'tsconfig.json')
	mkdirSync(dist, { recursive: true })
	const compilerOptions = {
		noEmit: false,
		noEmitOnError: true,
		declaration: true,
		rewriteRelativeImportExtensions: true,
		rootDir: root,
		outDir: dist,
		// The compiler takes what it finds in `node_modules` for compiled.
		paths: Object.fromEntries(packages.flatMap((one) => pathsOf(one, root))),
	}
	// A package declares in `*.d.ts` the names that it expects around it.
	const include = [...sources, 'src/*.d.ts'].map((source) => join(root, folder, source))
	const contents = { extends: join(root, 'tsconfig.json'), compilerOptions, include, exclude: [] }
	writeFileSync(settings, JSON.stringify(contents))
	const compiler = join(root, 'node_modules/.bin/tsc')
	execFileSync(compiler, ['--project', settings], { stdio: ['ignore', 'inherit', 'inherit'] })
	rmSync(settings)
}

function pathsOf({ folder, name, exports }: WorkspacePackage, root: string): [specifier: string, paths: string[]][] {
	return Object.entries(exports).map(([subpath, file]) => [`${name}${subpath.slice(1)}`, [join(root, folder, file)]])
}

/** The compiled modules and their types, as paths relative to `dist`. */
export function listCompiled(dist: string): string[] {
	return globSync('**/*.{js,d.ts}', { cwd: dist }).toSorted()
}
