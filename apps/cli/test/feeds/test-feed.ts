import type { FeedSettings } from '../../src/feeds/settings/feed-settings.ts'

/** The settings of a feed that may be on this machine. */
export function testFeed(url: string, settings: Partial<FeedSettings> = {}): FeedSettings {
	return {
		name: 'acme',
		url: new URL(url),
		urlIsSecret: false,
		headers: {},
		file: {},
		timeoutS: 10,
		maxBytes: 1_000_000,
		allowPrivate: true,
		onMissing: 'keep',
		maxMissingPercent: 20,
		maxPriceChangePercent: 50,
		...settings,
	}
}
