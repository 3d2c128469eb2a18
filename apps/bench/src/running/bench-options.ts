/** The options that measures read. */
export type BenchOptions = {
	/** The length of one turn of a contestant. */
	seconds: number
	rounds: number
	clients: number
	/** Number of orders to store before `stored-orders` measures the time per order. */
	storedOrders: number
	/** Number of products in the catalog that `search` searches. */
	products: number
	/** How many ticks the market of `live` gets while its memory is read. */
	ticks: number
	/** The folder for CPU profiles of the contestants' processes. */
	profileFolder?: string
}

/** The length of an overload, in turns. */
export const overloadTurns = 3

/** The same total time in fewer and longer turns, for measures that need long turns or take long to start. */
export function longTurns<Options extends { seconds: number; rounds: number }>(options: Options): Options {
	return { ...options, seconds: 5 * options.seconds, rounds: Math.ceil(options.rounds / 5) }
}
