import { createPublicKey, type JsonWebKey } from 'node:crypto'
import type { Logger } from '../logging/log.ts'

type KeySet = Map<string, string>

const refreshAtMostEveryMs = 30_000
const refreshAtLeastEveryMs = 600_000
const refreshAfterFailureMs = 3_000
const fetchTimeoutMs = 2_000
const largestSetBytes = 256 * 1024

/**
 * The public keys that an issuer publishes (RFC 7517), by their `kid`, as PEM. An unknown `kid` makes
 * it look again, at most twice a minute, and at most every few seconds while the issuer does not
 * answer; the last good set serves on meanwhile. Keys that are in use are looked for every ten
 * minutes, so that one that was withdrawn does not stay good.
 *
 * The function it returns throws when no such key is known.
 */
export function createJwks(url: string, log: Pick<Logger, 'warn'>): (kid: unknown) => Promise<string> {
	let keys: KeySet = new Map()
	let lookedAt = Number.NEGATIVE_INFINITY
	let failed = false
	let looking: Promise<void> | undefined

	async function refresh(): Promise<void> {
		try {
			keys = await fetchKeys(url)
			failed = false
		} catch (error) {
			failed = true
			log.warn({ err: error }, 'the keys of tokens cannot be read; those that are known serve on')
			throw error
		} finally {
			looking = undefined
		}
	}

	function refreshAfter(ms: number): void {
		const pauseMs = failed ? refreshAfterFailureMs : ms
		if (looking !== undefined || performance.now() - lookedAt < pauseMs) return
		lookedAt = performance.now()
		looking = refresh()
		// Whoever needs it waits for it; whoever has a key does not.
		looking.catch(() => {})
	}

	return async (kid) => {
		if (typeof kid !== 'string') throw new Error('the token names no key')
		const known = keys.get(kid)
		refreshAfter(known === undefined ? refreshAtMostEveryMs : refreshAtLeastEveryMs)
		if (known !== undefined) return known
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
	const { keys } = JSON.parse(Buffer.concat(chunks).toString('utf8')) as { keys: (PublishedKey | null)[] }
	return new Map(keys.flatMap(readKey))
}

type PublishedKey = JsonWebKey & { kid?: string; use?: string }

// Of no use are keys without a name, for encryption, secret, or of a kind that is not known here
// (RFC 7517, section 5); the others are good for all that.
function readKey(key: PublishedKey | null): [string, string][] {
	if (typeof key?.kid !== 'string' || (key.use !== undefined && key.use !== 'sig') || key.kty === 'oct') return []
	try {
		return [[key.kid, createPublicKey({ key, format: 'jwk' }).export({ type: 'spki', format: 'pem' }).toString()]]
	} catch {
		return []
	}
}
