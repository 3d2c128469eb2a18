import { createHash } from 'node:crypto'
import { cleanSku } from '@mercat/catalog-api/identifiers'

const longest = 64
const digestDigits = 8

/** A group of ours for the one of another system: cleaned as a sku. The end of a longer one is replaced by its SHA-256. */
export function cleanGroup(original: string, prefix: string): string {
	const group = prefix + cleanSku(original)
	if (group.length <= longest) return group
	const digest = createHash('sha256').update(original).digest('hex').slice(0, digestDigits)
	return `${group.slice(0, longest - digestDigits - 1)}-${digest}`
}
