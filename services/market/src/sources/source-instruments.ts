import { createSourceGauge } from '../metrics/by-source.ts'

const show = createSourceGauge(
	'mercat_market_source_followed',
	// With several processes, one of them follows the source.
	'Whether this process follows a source (1) or not (0)',
)

/** Shows at each scrape whether this process follows a source, until the result is disposed of. */
export function showFollowed(source: string, isFollowed: () => boolean): Disposable {
	return show(source, () => (isFollowed() ? 1 : 0))
}
