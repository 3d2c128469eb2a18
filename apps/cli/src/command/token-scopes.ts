import { type Scope, scopes } from '@mercat/service/scopes'

const names = Object.keys(scopes) as Scope[]
const width = Math.max(...names.map((name) => name.length))

/** The part of `mercat token --help` that lists the scopes. */
export const scopesHelp = `
Scopes:
${names.map((name) => `  ${name.padEnd(width)}  ${scopes[name]}`).join('\n')}`

/** A sentence about the scopes in a text that no service checks; undefined if there are none. */
export function faultOfScopes(text: string): string | undefined {
	const unknown = text.split(/\s+/).filter((name) => name !== '' && !Object.hasOwn(scopes, name))
	if (unknown.length === 0) return undefined
	const named = unknown.map((name) => `'${name}'`).join(', ')
	return `no service checks the scope ${named}. The scopes are ${names.join(', ')}. --force signs any scope.`
}
