import { isSource } from '@mercat/catalog-api/identifiers'
import { optionProblems } from '@mercat/product-files/option-problems'
import { readHeaders } from '@mercat/service/header-settings'
import { isObject, memberFaults } from '@mercat/service/setting-member'
import type { VariableSource } from '@mercat/service/variable-reference'
import { otherMembers, plainMembers } from './feed-members.ts'
import type { FeedSettings, OnMissing } from './feed-settings.ts'
import { readUrl } from './read-url.ts'

const defaults = {
	timeoutS: 60,
	maxBytes: 1_073_741_824,
	allowPrivate: false,
	onMissing: 'keep' as OnMissing,
	maxMissingPercent: 20,
	maxPriceChangePercent: 50,
}

type Given = Partial<typeof defaults> & FeedSettings['file'] & { name: string; url: unknown; headers: unknown }

/**
 * Reads one element of `feeds`. A fault is a sentence that begins with the member, or with the name of the feed.
 *
 * @param env undefined for a feed that is not wanted: then its form is checked, and its variables need not be set
 */
export function readFeed(
	value: unknown,
	index: number,
	settingsUrl: URL,
	env: VariableSource,
): { feed: FeedSettings } | { faults: string[] } {
	const place = `feeds[${index}]`
	if (!isObject(value)) return { faults: [`${place} must be an object`] }
	const faults = memberFaults(value, plainMembers, { of: 'a feed', others: otherMembers })
	const { name, format, map, encoding, currency, skuFrom, skuPrefix, url: _, headers: __, ...rest } = value as Given
	const file = { format, map, encoding, currency, skuFrom, skuPrefix }
	if (faults.length === 0) {
		file.currency = currency?.toUpperCase()
		faults.push(...optionProblems(file))
	}
	const read = readUrl(value['url'], settingsUrl, env)
	if ('fault' in read) faults.push(`url ${read.fault}`)
	const { headers, faults: headerFaults } = readHeaders(value['headers'], env, 'the command')
	faults.push(...headerFaults)
	if (faults.length > 0 || 'fault' in read) {
		const owner = isSource(name) ? `feed ${name}` : place
		return { faults: faults.map((fault) => `${owner}: ${fault}`) }
	}
	const { url, isSecret: urlIsSecret } = read
	return { feed: { name, url, urlIsSecret, headers, file, ...defaults, ...rest } }
}
