/** `value`: the module is loaded. `type`: only its types are used. `resolved`: only its address is used. */
export type ImportKind = 'value' | 'type' | 'resolved'

export type Import = { specifier: string; kind: ImportKind }

/** Stands for the specifier of a module that only the running program knows, as in `import(name)`. */
export const computedName = 'a computed name'

// Comments may stand wherever white space may.
const gap = String.raw`(?:\s|/\*[^]*?\*/|//[^\n]*\n)*`
const quoted = String.raw`(?:'([^'\n]*)'|"([^"\n]*)"|${'`([^`]*)`'})`

// Each statement stands at the start of a line or after another one, so that most text is not mistaken for one.
const start = String.raw`(?:^|;|\*/)[ \t]*`
const namespace = String.raw`\*(?:${gap}as\b${gap}[\w$]+)?`
const names = String.raw`(?:(?:[\w$]+${gap},${gap})?(?:\{[^}]*\}|${namespace})|[\w$]+)`
const modifier = String.raw`(?:(type|defer|source)\b${gap})?`
const statement = new RegExp(
	String.raw`${start}(?:import|export)\b${gap}(?:${modifier}${names}${gap}from${gap})?${quoted}`,
	'gm',
)
const reference = /^[ \t]*\/\/\/\s*<reference\s+(?:types|path)\s*=\s*['"]([^'"]+)['"]/gm

// A dot before the name is of a method, such as `catalog.import(…)`.
const free = String.raw`(?<![\w$.#])`
const parentheses = nested(3)
const fixedArgument = `(?:${gap}${quoted}${gap}[,)])`
const importCall = String.raw`${free}import(?:\s*\.\s*(?:defer|source))?`
const builtinCall = String.raw`\bgetBuiltinModule(?:['"\x60]\])?`
const requireMade = String.raw`\bcreateRequire\s*${parentheses}`
const nameOfRequire = /([\w$]+)\s*(?::[^=;]+)?=\s*(?:[\w$]+\.)?createRequire\s*\(/g
const fileAddress = new RegExp(
	String.raw`\bnew\s+URL\(${gap}${quoted}${gap},${gap}import\s*\.\s*meta\s*\.\s*url\b`,
	'g',
)

/**
 * The modules that a module names: in `import` and `export … from`, in calls that load (`import()`, `require()`,
 * `createRequire()()`, `getBuiltinModule()`), and in calls that give an address (`resolve()`, `new URL`).
 */
export function readImports(text: string): Import[] {
	const named = [...text.matchAll(nameOfRequire)].map(([, name = '']) => `${free}${name.replaceAll('$', '\\$')}`)
	const requires = [`${free}require`, requireMade, ...named]
	return [
		...[...text.matchAll(statement)].map(
			([, word, ...quotes]): Import => ({ specifier: fixedName(quotes), kind: word === 'type' ? 'type' : 'value' }),
		),
		...[...text.matchAll(reference)].map(([, specifier = '']): Import => ({ specifier, kind: 'type' })),
		...[importCall, builtinCall, ...requires].flatMap((callee) => loadedBy(callee, text)),
		...[String.raw`\bimport\s*\.\s*meta`, ...requires].flatMap((object) => resolvedBy(object, text)),
		...packageAddresses(text),
		...[...text.matchAll(fileAddress)].map(
			([, ...quotes]): Import => ({ specifier: relative(fixedName(quotes)), kind: 'resolved' }),
		),
	].filter(({ specifier, kind }) => kind !== 'resolved' || specifier !== computedName)
}

function loadedBy(callee: string, text: string): Import[] {
	const calls = text.matchAll(new RegExp(String.raw`${callee}${gap}(?:\?\.)?\(${fixedArgument}?`, 'g'))
	return [...calls].map(([, ...quotes]) => ({ specifier: fixedName(quotes), kind: 'value' }))
}

function resolvedBy(object: string, text: string): Import[] {
	const calls = text.matchAll(new RegExp(String.raw`${object}\s*\.\s*resolve\(${fixedArgument}`, 'g'))
	return [...calls].map(([, ...quotes]) => ({ specifier: fixedName(quotes), kind: 'resolved' }))
}

// `resolve` of any object: a path does not begin with `@`, the name of a package may.
function packageAddresses(text: string): Import[] {
	const calls = text.matchAll(/(?<!\bimport\s*\.\s*meta\s*|\brequire\s*|\))\.resolve\(\s*(['"`])(@[^'"`]+)\1/g)
	return [...calls].map(([, , name]) => ({ specifier: fixedName([name]), kind: 'resolved' }))
}

function fixedName(quotes: (string | undefined)[]): string {
	const name = quotes.find((quote) => quote !== undefined)
	return name === undefined || name.includes('\\') || name.includes('${') ? computedName : name
}

/** The specifier of an address that a URL gives: `a.ts` is a file beside this one, as `./a.ts` is. */
function relative(address: string): string {
	return address === computedName || /^(\.|\/|[a-z]+:)/.test(address) ? address : `./${address}`
}

/** The pattern of parentheses that hold parentheses, this many levels deep. */
function nested(levels: number): string {
	const inner = levels === 0 ? '' : `|${nested(levels - 1)}`
	return String.raw`\((?:[^()]${inner})*\)`
}
