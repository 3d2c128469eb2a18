import { parseArgs } from 'node:util'
import { allMeasures, usualAgainst, usualMeasures } from './all-measures.ts'
import type { Measure } from './measures/measure.ts'
import type { BenchOptions } from './running/bench-options.ts'
import { UsageError } from './running/usage-error.ts'

export type CommandLine = BenchOptions & {
	/** The chosen measures, in the order in which the bench runs them. */
	measures: Measure[]
	/** Commits that this checkout is compared with: any revisions that git understands. */
	against: string[]
	/** The file to write all measurements to. */
	jsonFile?: string
}

const names = (measures: Measure[]) => measures.map(({ name }) => name).join(', ')

const usage = `pnpm bench [NAME...] [--seconds 2] [--rounds 25] [--clients 64] [--stored 1000000] [--products 100000] [--ticks 5000000] [--json FILE] [--cpu-prof FOLDER]
           [--against COMMIT]...

NAME is one of: ${names(allMeasures)}
Without a NAME, the bench runs the usual measures and writes results/.
Only by name: ${names(allMeasures.filter((measure) => !usualMeasures.includes(measure)))}

In each round every contestant has one turn of --seconds. order-tail, stored-orders, webhook-isolation, event-streams,
live-watchers and live have a fifth of the rounds, with turns five times as long. start has a fifth of the rounds. An overload lasts 15 times
--seconds. search has so many --products, and always 16 clients, as price-history has. apply-prices makes one call at a time.
The market of live gets so many --ticks while its memory is read.

--against compares the services of this checkout, including uncommitted changes, with the services of each COMMIT. No
other contestant runs. Every measure has all rounds, and order-tail has turns of 2.5 times --seconds. Only overload has
no rounds: it runs once for each contestant. The load generator is the one of this checkout. Nothing is written to
results/.
Without a NAME, --against runs: ${names(usualAgainst)}
--against cannot measure: ${names(allMeasures.filter(({ runAgainst }) => !runAgainst))}`

/** @throws UsageError */
export function readOptions(args: string[]): CommandLine {
	const { values, positionals } = parse(args)
	return {
		measures: chosenMeasures(positionals, values.against.length > 0),
		against: values.against,
		seconds: positiveNumber('--seconds', values.seconds),
		rounds: positiveNumber('--rounds', values.rounds),
		clients: positiveNumber('--clients', values.clients),
		storedOrders: positiveNumber('--stored', values.stored),
		products: positiveNumber('--products', values.products),
		ticks: positiveNumber('--ticks', values.ticks),
		jsonFile: values.json,
		profileFolder: values['cpu-prof'],
	}
}

function parse(args: string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				against: { type: 'string', multiple: true, default: [] },
				seconds: { type: 'string', default: '2' },
				rounds: { type: 'string', default: '25' },
				clients: { type: 'string', default: '64' },
				stored: { type: 'string', default: '1000000' },
				products: { type: 'string', default: '100000' },
				ticks: { type: 'string', default: '5000000' },
				json: { type: 'string' },
				'cpu-prof': { type: 'string' },
			},
		})
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n${usage}`)
	}
}

function chosenMeasures(wanted: string[], isAgainst: boolean): Measure[] {
	if (wanted.length === 0) return isAgainst ? usualAgainst : usualMeasures
	const unknown = wanted.find((name) => !allMeasures.some((measure) => measure.name === name))
	if (unknown !== undefined) throw new UsageError(`there is no measure ${unknown}\n${usage}`)
	const measures = allMeasures.filter(({ name }) => wanted.includes(name))
	const lonely = isAgainst && measures.find(({ runAgainst }) => runAgainst === undefined)
	if (lonely) throw new UsageError(`${lonely.name} cannot be measured with --against`)
	return measures
}

function positiveNumber(option: string, text: string): number {
	const value = Number(text)
	if (!Number.isInteger(value) || value < 1) throw new UsageError(`${option} must be a whole number above 0`)
	return value
}
