/** How it is measured. */
export type BenchOptions = {
	/** How long one contestant's turn in a round takes. */
	seconds: number
	rounds: number
	clients: number
	/** Orders that are stored before the cost of one more is measured. */
	storedOrders: number
	/** Where the CPU profiles of the contestants' processes are kept. */
	profileFolder?: string
}

/** How many turns an overload lasts. */
export const overloadTurns = 3

/** As much time in fewer turns, for what a short one would not show, or takes long to begin. */
export function longTurns<Options extends { seconds: number; rounds: number }>(options: Options): Options {
	return { ...options, seconds: 5 * options.seconds, rounds: Math.ceil(options.rounds / 5) }
}
