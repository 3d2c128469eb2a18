/** `value`: the module is loaded. `type`: only its types are used. `resolved`: only its address is used. */
export type ImportKind = 'value' | 'type' | 'resolved'

export type Import = { specifier: string; kind: ImportKind }

// Biome puts each import and each export at the start of a line, so a template or a comment is not mistaken for one.
const names = String.raw`(?:\{[^}]*\}|\*(?: as [\w$]+)?|[\w$]+(?:, (?:\{[^}]*\}|\* as [\w$]+))?)`
const statement = new RegExp(`^(?:import|export) (?:(type )?${names} from )?['"]([^'"]+)['"]`, 'gm')
const dynamicImport = /\bimport\(\s*['"]([^'"]+)['"]/g
const moduleAddress = /\bimport\.meta\.resolve\(\s*['"]([^'"]+)['"]|\.resolve\(\s*['"](@[^'"]+)['"]/g
const fileAddress = /\bnew URL\(\s*['"](\.[^'"]+)['"],\s*import\.meta\.url/g

/** The modules that a module names in `import`, `export … from`, `import()`, `import.meta.resolve` and `new URL`. */
export function readImports(text: string): Import[] {
	const found = (pattern: RegExp, kind: ImportKind): Import[] =>
		[...text.matchAll(pattern)].map(([, first, second]) => ({ specifier: first ?? second ?? '', kind }))
	return [
		...[...text.matchAll(statement)].map(
			([, type, specifier = '']): Import => ({ specifier, kind: type === undefined ? 'value' : 'type' }),
		),
		...found(dynamicImport, 'value'),
		...found(moduleAddress, 'resolved'),
		...found(fileAddress, 'resolved'),
	]
}
