import { readSamples } from '@mercat/testing/read-samples'

/** The value of each series. Its name is spelled as in the tests of rules: `name{label="value"}`. */
export type Scrape = ReadonlyMap<string, number>

// The default of Prometheus.
const scrapeTimeoutMs = 60_000

/**
 * Reads the metrics of each job's target, and adds the labels and the series `up` as Prometheus does.
 *
 * @param names the metrics to keep
 */
export async function scrapeTargets(targets: Record<string, string>, names: ReadonlySet<string>): Promise<Scrape> {
	const scraped = await Promise.all(
		Object.entries(targets).map(([job, instance]) => scrapeTarget(job, instance, names)),
	)
	return new Map(scraped.flat())
}

async function scrapeTarget(job: string, instance: string, names: ReadonlySet<string>): Promise<[string, number][]> {
	const text = await fetch(`http://${instance}/metrics`, { signal: AbortSignal.timeout(scrapeTimeoutMs) }).then(
		(response) => response.text(),
		() => undefined,
	)
	const kept = readSamples(text ?? '').filter(({ name }) => names.has(name))
	const samples = [{ name: 'up', labels: {}, value: text === undefined ? 0 : 1 }, ...kept]
	return samples.map(({ name, labels, value }) => [seriesName(name, { ...labels, job, instance }), value])
}

function seriesName(name: string, labels: Record<string, string>): string {
	const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
	return `${name}{${pairs.sort().join(',')}}`
}

/** The sum of the series of a metric that have all of these labels. */
export function sumIn(scrape: Scrape, metric: string, labels: Record<string, string> = {}): number {
	const pairs = Object.entries(labels).map(([label, value]) => `${label}="${value}"`)
	return [...scrape]
		.filter(([series]) => series.startsWith(`${metric}{`) && pairs.every((pair) => series.includes(pair)))
		.reduce((sum, [, value]) => sum + value, 0)
}
