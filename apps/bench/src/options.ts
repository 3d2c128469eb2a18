import { parseArgs } from 'node:util'
import { allMeasures, usualAgainst } from './all-measures.ts'
import type { Measure } from './measures/measure.ts'
import type { BenchOptions } from './running/bench-options.ts'
import { UsageError } from './running/usage-error.ts'

export type CommandLine = BenchOptions & {
	/** In the order in which they are run. */
	measures: Measure[]
	/** Commits that this checkout is compared with, as git knows them. */
	against: string[]
	/** Where everything that was measured is written to. */
	jsonFile?: string
}

const names = (measures: Measure[]) => measures.map(({ name }) => name).join(', ')

const usage = `pnpm bench [NAME...] [--seconds 2] [--rounds 25] [--clients 64] [--stored 1000000] [--json FILE] [--cpu-prof FOLDER]
           [--against COMMIT]...

Tails and stored orders are measured in a fifth as many rounds of five times as long; an overload lasts fifteen times as long.
Without a name everything is run, and results/ is written. Names: ${names(allMeasures)}

--against measures the services of this checkout, as its files are now, beside those of the commits, and nothing else.
All take turns in all rounds; those of a tail are two and a half times as long. Only an overload comes to one after
another, and lasts as long as without. The load comes from this checkout. Nothing is written to results/.
Without a name it is ${names(usualAgainst)}. Not measured: ${names(allMeasures.filter(({ runAgainst }) => !runAgainst))}`

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
				json: { type: 'string' },
				'cpu-prof': { type: 'string' },
			},
		})
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n${usage}`)
	}
}

function chosenMeasures(wanted: string[], isAgainst: boolean): Measure[] {
	if (wanted.length === 0) return isAgainst ? usualAgainst : allMeasures
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
