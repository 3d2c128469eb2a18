import { isDeepStrictEqual } from 'node:util'

export type Sample = { name: string; labels: Record<string, string>; value: number }

/** The samples of a scrape in the text format of Prometheus. */
export function readSamples(text: string): Sample[] {
	return text.split('\n').flatMap((line) => {
		const [, name, labels = '', value] = /^([a-zA-Z_:][\w:]*)(?:\{(.*)\})? (\S+)/.exec(line) ?? []
		if (name === undefined || value === undefined) return []
		return [{ name, labels: readLabels(labels), value: Number(value) }]
	})
}

function readLabels(text: string): Record<string, string> {
	return Object.fromEntries([...text.matchAll(/(\w+)="((?:[^"\\]|\\.)*)"/g)].map(([, name, value]) => [name, value]))
}

/** The value of a metric with these labels and no others; undefined while it has none. */
export function readValue(
	samples: readonly Sample[],
	metric: string,
	labels: Record<string, string> = {},
): number | undefined {
	return samples.find((sample) => sample.name === metric && isDeepStrictEqual(sample.labels, labels))?.value
}

/** The sums of a metric for each value of a label, of the samples that have the labels `where`. */
export function sumOf(
	samples: readonly Sample[],
	metric: string,
	label: string,
	where: Record<string, string> = {},
): Record<string, number> {
	const sums: Record<string, number> = {}
	for (const { name, labels, value } of samples) {
		if (name !== metric || Object.entries(where).some(([key, wanted]) => labels[key] !== wanted)) continue
		const key = labels[label] ?? ''
		sums[key] = (sums[key] ?? 0) + value
	}
	return sums
}
