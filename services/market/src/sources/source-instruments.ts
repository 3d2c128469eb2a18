import { Gauge } from '@mercat/service/metrics'

const followed = new Map<string, () => boolean>()

// With several processes, one of them follows the source.
new Gauge({
	name: 'mercat_market_source_followed',
	help: 'Whether this process follows a source (1) or not (0)',
	labelNames: ['source'],
	collect() {
		this.reset()
		for (const [source, isFollowed] of followed) this.set({ source }, isFollowed() ? 1 : 0)
	},
})

/** Shows at each scrape whether this process follows a source, until the result is disposed of. */
export function showFollowed(source: string, isFollowed: () => boolean): Disposable {
	followed.set(source, isFollowed)
	return {
		[Symbol.dispose]() {
			if (followed.get(source) === isFollowed) followed.delete(source)
		},
	}
}
