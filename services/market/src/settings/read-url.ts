import { isVariableReference, readVariable } from '@mercat/service/variable-reference'

export type ReadUrl = { url: URL; isSecret: boolean } | { fault: string }

const form = 'must be a ws: or wss: URL, or { "env": "VARIABLE" } with one'

/** Reads the member `url`. */
export function readUrl(value: unknown, env: NodeJS.ProcessEnv): ReadUrl {
	if (value === undefined) return { fault: 'is required' }
	if (typeof value === 'string') return checkUrl(value, false)
	if (!isVariableReference(value)) return { fault: form }
	const variable = readVariable(value, env)
	return 'fault' in variable ? variable : checkUrl(variable.value, true)
}

function checkUrl(text: string, isSecret: boolean): ReadUrl {
	const url = /^wss?:\/\//i.test(text) ? URL.parse(text) : null
	if (url === null) return { fault: form }
	if (url.username !== '' || url.password !== '')
		return {
			fault: 'must not contain a user or a password: give them as the header authorization, from the environment',
		}
	if (url.port === '0') return { fault: 'must not have the port 0' }
	if (url.searchParams.has('after')) return { fault: 'must not have the parameter after, which the service adds' }
	url.hash = ''
	return { url, isSecret }
}
