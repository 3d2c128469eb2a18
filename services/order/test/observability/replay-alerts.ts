import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { pathOf, prometheusFolder } from '@mercat/testing/deployed-rules'
import type { Scrape } from './scrape-targets.ts'

/** Scrapes of running services. Each stands for one minute. */
export type Recording = {
	/** Two scrapes before the cause. */
	healthy: [Scrape, Scrape]
	/** Two scrapes or more during the cause. */
	troubled: Scrape[]
}

export type Expected = {
	/** The minutes from the first scrape during the cause until these alerts are expected. */
	minutes: number
	/** The names of all alerts that fire then. */
	alerts: string[]
	/** The name of an alert that may fire, too. */
	possible?: string
}

const healthyMinutes = 60

/**
 * Lets promtool replay a recording: an hour of health, and then the cause. Before the cause no alert may fire, and after it
 * exactly the expected ones. Throws an error with the report of promtool when it is not so.
 *
 * The hour before the cause repeats what the counters grew by between the two healthy scrapes. The time after the last
 * scrape repeats what they grew by between the last two scrapes. Gauges keep their values, except for ages: the age of
 * something that waits rises by a minute each minute.
 */
export async function replayAlerts(recording: Recording, { minutes, alerts, possible }: Expected): Promise<void> {
	const folder = mkdtempSync(join(tmpdir(), 'mercat-replay-'))
	const series = new Set([...recording.healthy, ...recording.troubled].flatMap((scrape) => [...scrape.keys()]))
	const replay = {
		interval: '1m',
		input_series: [...series].map((name) => ({
			series: name,
			values: valuesOf(name, recording, minutes).map(spelled).join(' '),
		})),
		promql_expr_test: [
			firing(healthyMinutes, []),
			firing(
				healthyMinutes + minutes,
				alerts,
				[...(alerts.includes('MercatPlacingSlow') ? [] : [slowness]), possible ?? ''].join('|'),
			),
		],
	}
	const file = join(folder, 'replay.test.yml')
	// Each document of JSON is one of YAML.
	writeFileSync(
		file,
		JSON.stringify({
			rule_files: [pathOf(`${prometheusFolder}/rules.yml`)],
			evaluation_interval: '1m',
			tests: [replay],
		}),
	)
	try {
		await promisify(execFile)('promtool', ['test', 'rules', file])
	} finally {
		rmSync(folder, { recursive: true, force: true })
	}
}

// A busy machine makes a few orders slow at any time. It counts only where all orders were placed in time, or all were slow.
const slowness = 'MercatPlacingSlow.*'

function firing(minute: number, alerts: string[], ignored = ''): object {
	return {
		expr: `group by (alertname) (ALERTS{alertstate="firing",alertname!~"${ignored}"})`,
		eval_time: `${minute}m`,
		exp_samples: alerts.map((alert) => ({ labels: `{alertname="${alert}"}`, value: 1 })),
	}
}

type Value = number | undefined

/** The values of a series, one for each minute; undefined where the series is absent. */
function valuesOf(series: string, { healthy, troubled }: Recording, minutes: number): Value[] {
	const [first, second] = healthy.map((scrape) => scrape.get(series))
	const isCounter = /_(total|bucket|count|sum)\{/.test(series)
	const growth = isCounter ? difference(second, first) : 0
	const grown = growth * healthyMinutes
	const during = troubled.map((scrape) => plus(scrape.get(series), grown))
	const last = during.at(-1)
	const lastGrowth = isCounter ? difference(last, during.at(-2)) : isRisingAge(series, second, last) ? 60 : 0
	return [
		...Array.from({ length: healthyMinutes + 1 }, (_, minute) => plus(second, growth * minute)),
		...during,
		...Array.from({ length: minutes }, (_, minute) => plus(last, lastGrowth * (minute + 1))),
	]
}

function isRisingAge(series: string, before: number = 0, last: number = 0): boolean {
	return /^mercat_(outbox_lag|event_waiting|product_change_waiting)_seconds\{/.test(series) && last > before
}

const plus = (value: Value, more: number): Value => (value === undefined ? undefined : value + more)
const difference = (later: Value, earlier: Value): number =>
	later === undefined || earlier === undefined ? 0 : later - earlier

/** A series that ends is marked as Prometheus marks it. Without the mark its last value would count for five minutes. */
function spelled(value: Value, index: number, values: Value[]): string {
	if (value !== undefined) return String(value)
	return values[index - 1] === undefined ? '_' : 'stale'
}
