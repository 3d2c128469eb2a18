import { addressRefusal } from '@mercat/service/target-address'

const mostCharacters = 2_000

/**
 * The reason why a URL cannot become a webhook, as a message; undefined when it can. A name is not resolved: its
 * addresses are checked with each connection.
 */
export function targetUrlRefusal(text: string, { mayBePrivate }: { mayBePrivate: boolean }): string | undefined {
	if (text.length > mostCharacters) return `must have at most ${mostCharacters} characters`
	const url = URL.parse(text)
	// The parser of URLs drops blanks and control characters; the text is kept as it was given.
	if (url === null || !/^https?:\/\/[^\s\p{Cc}]+$/iu.test(text)) return 'must be an http: or https: URL'
	if (!text.isWellFormed()) return 'must be an http: or https: URL'
	if (url.username !== '' || url.password !== '') return 'must not contain a user or a password'
	if (url.port === '0') return 'must not have the port 0'
	if (text.includes('#')) return 'must not have a fragment'
	const range = mayBePrivate ? undefined : hostRefusal(url.hostname)
	return range === undefined ? undefined : `must not have a private address (${range})`
}

/** The parser has given each form of an IPv4 address its usual form. */
function hostRefusal(host: string): string | undefined {
	if (/(^|\.)localhost\.?$/.test(host)) return 'loopback'
	if (host.startsWith('[')) return addressRefusal(host.slice(1, -1))
	return /^[\d.]+$/.test(host) ? addressRefusal(host) : undefined
}
