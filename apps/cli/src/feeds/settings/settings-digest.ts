import { createHash } from 'node:crypto'
import packageJson from '../../../package.json' with { type: 'json' }
import type { FeedSettings } from './feed-settings.ts'

/**
 * A digest of all that decides how a feed is read and applied. When it changes, a feed that has not changed is applied
 * again. The values of headers are left out: they are secrets, and the digest is stored.
 */
export function settingsDigest({
	url,
	file,
	onMissing,
	maxMissingPercent,
	maxPriceChangePercent,
	...rest
}: FeedSettings): string {
	const map = Object.entries(file.map ?? {}).toSorted(([one], [other]) => (one < other ? -1 : 1))
	const { format, encoding, currency, skuFrom, skuPrefix } = file
	const headerNames = Object.keys(rest.headers).toSorted()
	const facts = [packageJson.version, url.href, headerNames, format, map, encoding, currency, skuFrom, skuPrefix]
	const rules = [onMissing, maxMissingPercent, maxPriceChangePercent]
	return createHash('sha256')
		.update(JSON.stringify([facts, rules]))
		.digest('base64url')
}
