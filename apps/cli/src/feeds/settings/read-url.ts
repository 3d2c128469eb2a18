import { isVariableReference, readVariable, type VariableSource } from '@mercat/service/variable-reference'

export type ReadUrl = { url: URL; isSecret: boolean } | { fault: string }

const form = 'must be an http:, https: or file: URL, or { "env": "VARIABLE" } with one'

/**
 * Reads the member `url`. A relative `file:` URL such as `file:acme.csv` begins at the folder of the settings.
 *
 * @param settingsUrl the `file:` URL of the settings
 */
export function readUrl(value: unknown, settingsUrl: URL, env: VariableSource): ReadUrl {
	if (value === undefined) return { fault: 'is required' }
	if (typeof value === 'string') return checkUrl(value, settingsUrl, false)
	if (!isVariableReference(value)) return { fault: form }
	if (env === undefined) return { url: settingsUrl, isSecret: true }
	const variable = readVariable(value, env)
	return 'fault' in variable ? variable : checkUrl(variable.value, settingsUrl, true)
}

function checkUrl(text: string, settingsUrl: URL, isSecret: boolean): ReadUrl {
	const url = /^(https?:\/\/|file:)/i.test(text) ? URL.parse(text, settingsUrl.href) : null
	if (url === null) return { fault: form }
	if (url.username !== '' || url.password !== '')
		return {
			fault: 'must not contain a user or a password: give them as the header authorization, from the environment',
		}
	if (url.port === '0') return { fault: 'must not have the port 0' }
	if (url.protocol === 'file:' && url.host !== '')
		return { fault: 'must name a file of this machine, such as file:///feeds/acme.csv' }
	url.hash = ''
	return { url, isSecret }
}
