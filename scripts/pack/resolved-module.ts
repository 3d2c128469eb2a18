import { posix } from 'node:path'
import { targetOf, type WorkspacePackage } from '../layout/workspace.ts'

const specifier = /((?:\bfrom|\bimport)\s*\(?\s*)(['"])((?:@mercat\/|\.{1,2}\/)[^'"\n]+)\2/g

export type CompiledFiles = {
	packages: WorkspacePackage[]
	/** Whether a file was compiled, by its path in the repository. */
	exists(path: string): boolean
}

/**
 * A compiled module that names what it imports from the workspace by relative paths: outside of the workspace its packages
 * have no names. The compiler leaves relative imports in types as they are in the source.
 *
 * @param path of the module
 * @throws Error for an import that was not compiled
 */
export function resolvedModule(path: string, text: string, { packages, exists }: CompiledFiles): string {
	return text.replaceAll(specifier, (_whole, before: string, quote: string, name: string) => {
		const target = targetOf(name, path, packages).replace(/\.ts$/, '.js')
		if (!exists(target)) throw new Error(`${path} imports ${name}, which was not compiled`)
		const relative = posix.relative(posix.dirname(path), target)
		return `${before}${quote}${relative.startsWith('.') ? relative : `./${relative}`}${quote}`
	})
}
