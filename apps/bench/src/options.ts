import { parseArgs } from 'node:util'

export type BenchOptions = {
	/** The measures to run, by name. */
	names: string[]
	/** How long one contestant's turn in a round takes. */
	seconds: number
	rounds: number
	clients: number
	/** Orders that are stored before the cost of one more is measured. */
	storedOrders: number
	/** Where everything that was measured is written to. */
	jsonFile?: string
	/** Where the CPU profiles of the contestants' processes are kept. */
	profileFolder?: string
}

/** What the command line asks for is not to be had. */
export class UsageError extends Error {
	override name = 'UsageError'
}

/** As much time in fewer turns, for what a short one would not show, or takes long to begin. */
export function longTurns<Options extends { seconds: number; rounds: number }>(options: Options): Options {
	return { ...options, seconds: 5 * options.seconds, rounds: Math.ceil(options.rounds / 5) }
}

export function usage(names: readonly string[]): string {
	return `pnpm bench [NAME...] [--seconds 2] [--rounds 25] [--clients 64] [--stored 1000000] [--json FILE] [--cpu-prof FOLDER]

Tails and stored orders are measured in a fifth as many rounds of five times as long; an overload lasts fifteen times as long.
Without a name everything is run, and results/ is written. Names: ${names.join(', ')}`
}

/** @throws UsageError */
export function readOptions(args: string[], knownNames: readonly string[]): BenchOptions {
	const { values, positionals } = parse(args, knownNames)
	const unknown = positionals.find((name) => !knownNames.includes(name))
	if (unknown !== undefined) throw new UsageError(`there is no measure ${unknown}\n${usage(knownNames)}`)
	return {
		names: positionals.length > 0 ? positionals : [...knownNames],
		seconds: positiveNumber('--seconds', values.seconds),
		rounds: positiveNumber('--rounds', values.rounds),
		clients: positiveNumber('--clients', values.clients),
		storedOrders: positiveNumber('--stored', values.stored),
		jsonFile: values.json,
		profileFolder: values['cpu-prof'],
	}
}

function parse(args: string[], knownNames: readonly string[]) {
	try {
		return parseArgs({
			args,
			allowPositionals: true,
			options: {
				seconds: { type: 'string', default: '2' },
				rounds: { type: 'string', default: '25' },
				clients: { type: 'string', default: '64' },
				stored: { type: 'string', default: '1000000' },
				json: { type: 'string' },
				'cpu-prof': { type: 'string' },
			},
		})
	} catch (error) {
		throw new UsageError(`${(error as Error).message}\n${usage(knownNames)}`)
	}
}

function positiveNumber(option: string, text: string): number {
	const value = Number(text)
	if (!Number.isInteger(value) || value < 1) throw new UsageError(`${option} must be a whole number above 0`)
	return value
}
