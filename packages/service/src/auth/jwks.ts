import { createPublicKey, type JsonWebKey } from 'node:crypto'
import type { Logger } from '../logging/log.ts'

type KeySet = Map<string, string>

const refreshAtMostEveryMs = 30_000
const refreshAtLeastEveryMs = 600_000
const refreshAfterFailureMs = 3_000
const fetchTimeoutMs = 2_000
const largestSetBytes = 256 * 1024

/**
 * Returns a function that gives the public key for a `kid`, as PEM, from the key set that an issuer publishes
 * (RFC 7517). The function throws when the set has no such key.
 *
 * A token with an unknown `kid` causes a new fetch of the set, at most twice a minute, or every 3 s after a failed
 * fetch. A token with a known `kid` causes one every ten minutes, so that a withdrawn key is not accepted for ever.
 * When a fetch fails, the last set remains in use.
 */
export function createJwks(url: string, log: Pick<Logger, 'warn'>): (kid: unknown) => Promise<string> {
	let keys: KeySet = new Map()
	let fetchedAt = Number.NEGATIVE_INFINITY
	let failed = false
	let fetching: Promise<void> | undefined

	async function refresh(): Promise<void> {
		try {
			keys = await fetchKeys(url)
			failed = false
		} catch (error) {
			failed = true
			log.warn({ err: error }, 'the key set for tokens cannot be fetched; the last set remains in use')
			throw error
		} finally {
			fetching = undefined
		}
	}

	function refreshAfter(ms: number): void {
		const pauseMs = failed ? refreshAfterFailureMs : ms
		if (fetching !== undefined || performance.now() - fetchedAt < pauseMs) return
		fetchedAt = performance.now()
		fetching = refresh()
		// A request that needs the new set awaits the fetch and gets its error.
		fetching.catch(() => {})
	}

	return async (kid) => {
		if (typeof kid !== 'string') throw new Error('the token names no key')
		const known = keys.get(kid)
		refreshAfter(known === undefined ? refreshAtMostEveryMs : refreshAtLeastEveryMs)
		if (known !== undefined) return known
		await fetching
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
	const { keys } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { keys: (PublishedKey | null)[] }
	return new Map(keys.flatMap(readKey))
}

type PublishedKey = JsonWebKey & { kid?: string; use?: string }

// RFC 7517, section 5: skips keys that cannot be used, and uses the other keys of the set. Skipped are keys without a
// `kid`, keys for encryption, secret keys and unknown types.
function readKey(key: PublishedKey | null): [string, string][] {
	if (typeof key?.kid !== 'string' || (key.use !== undefined && key.use !== 'sig') || key.kty === 'oct') return []
	try {
		return [[key.kid, createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()]]
	} catch {
		return []
	}
}
