/**
 * The claims of a token that the console shows. The services check the token; the console only reads it.
 *
 * @typedef {{ subject: string, scopes: string[], expiresAt: number }} Claims
 */

// A later date does not exist (ECMAScript, section 21.4.1.1).
const latestDateMs = 8.64e15

/**
 * @param {string} token
 * @returns {Claims | undefined} undefined for a text that is no token
 */
export function readClaims(token) {
	const [, payload] = token.split('.')
	if (payload === undefined) return undefined
	try {
		const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (byte) => byte.charCodeAt(0))
		const claims = JSON.parse(new TextDecoder().decode(bytes))
		if (typeof claims.sub !== 'string' || typeof claims.exp !== 'number') return undefined
		return { subject: claims.sub, scopes: scopesIn(claims), expiresAt: Math.min(claims.exp * 1000, latestDateMs) }
	} catch {
		return undefined
	}
}

/**
 * @param {{ scope?: unknown, scp?: unknown }} claims
 * @returns {string[]}
 */
function scopesIn({ scope = [], scp = [] }) {
	return [scope, scp]
		.flat(2)
		.flatMap((text) => (typeof text === 'string' ? text.split(' ') : []))
		.filter((name) => name !== '')
}
