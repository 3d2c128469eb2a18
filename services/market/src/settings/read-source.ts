import { isSource } from '@mercat/catalog-api/identifiers'
import { readHeaders } from '@mercat/service/header-settings'
import { isObject, memberFaults } from '@mercat/service/setting-member'
import type { MemberMap } from '../ingest/reading/message-settings.ts'
import { readUrl } from './read-url.ts'
import { mapFaults, otherMembers, plainMembers } from './source-members.ts'
import { defaultMap, type SourceSettings, sourceDefaults } from './source-settings.ts'

type Given = Partial<Omit<typeof sourceDefaults, 'currency'>> & {
	name: string
	url: unknown
	headers: unknown
	map?: Partial<MemberMap>
	currency?: string
}

/** Reads one element of `sources`. A fault is a sentence that begins with the name of the source, or with its place. */
export function readSource(
	value: unknown,
	index: number,
	env: NodeJS.ProcessEnv,
): { source: SourceSettings } | { faults: string[] } {
	const place = `sources[${index}]`
	if (!isObject(value)) return { faults: [`${place} must be an object`] }
	const faults = [
		...memberFaults(value, plainMembers, { of: 'a source', others: otherMembers }),
		...mapFaults(value['map']),
	]
	if (faults.length === 0 && isBelow(value['ceilingMinor'], value['floorMinor']))
		faults.push('ceilingMinor must not be below floorMinor')
	const read = readUrl(value['url'], env)
	if ('fault' in read) faults.push(`url ${read.fault}`)
	const { headers, faults: headerFaults } = readHeaders(value['headers'], env, 'the service')
	faults.push(...headerFaults)
	const { name, url: _, headers: __, map, currency, ...rest } = value as Given
	if (faults.length > 0 || 'fault' in read) {
		const owner = isSource(name) ? `source ${name}` : place
		return { faults: faults.map((fault) => `${owner}: ${fault}`) }
	}
	const { url, isSecret: urlIsSecret } = read
	const source: SourceSettings = {
		...sourceDefaults,
		...rest,
		name,
		url,
		urlIsSecret,
		headers,
		map: { ...defaultMap, ...map },
		currency: currency?.toUpperCase(),
	}
	return { source }
}

function isBelow(one: unknown, other: unknown): boolean {
	return typeof one === 'number' && typeof other === 'number' && one < other
}
