import { createPublicKey, type JsonWebKey } from 'node:crypto'

type KeySet = Map<string, string>

const refreshAtMostEveryMs = 30_000
const fetchTimeoutMs = 2_000
const largestSetBytes = 256 * 1024

/**
 * The public keys that an issuer publishes (RFC 7517), by their `kid`, as PEM. An unknown `kid` makes
 * it look again, at most twice a minute; when the issuer does not answer, the last good set serves on.
 *
 * The function it returns throws when no such key is known.
 */
export function createJwks(url: string): (kid: unknown) => Promise<string> {
	let keys: KeySet = new Map()
	let lookedAt = Number.NEGATIVE_INFINITY
	let looking: Promise<void> | undefined

	async function refresh(): Promise<void> {
		try {
			keys = await fetchKeys(url)
		} finally {
			looking = undefined
		}
	}

	return async (kid) => {
		if (typeof kid !== 'string') throw new Error('the token names no key')
		const known = keys.get(kid)
		if (known !== undefined) return known
		if (looking === undefined && performance.now() - lookedAt >= refreshAtMostEveryMs) {
			lookedAt = performance.now()
			looking = refresh()
		}
		await looking
		const found = keys.get(kid)
		if (found === undefined) throw new Error('the token names an unknown key')
		return found
	}
}

async function fetchKeys(url: string): Promise<KeySet> {
	const response = await fetch(url, { signal: AbortSignal.timeout(fetchTimeoutMs), redirect: 'error' })
	if (!response.ok || response.body === null) throw new Error(`the JWKS answered ${response.status}`)
	const chunks: Uint8Array[] = []
	let size = 0
	for await (const chunk of response.body) {
		size += chunk.byteLength
		if (size > largestSetBytes) throw new Error('the JWKS is too large')
		chunks.push(chunk)
	}
	const { keys } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as {
		keys: (JsonWebKey & { kid?: string; use?: string })[]
	}
	const set: KeySet = new Map()
	for (const key of keys) {
		if (key.kid === undefined || (key.use !== undefined && key.use !== 'sig') || key.kty === 'oct') continue
		set.set(key.kid, createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString())
	}
	return set
}
