import type { SearchIndexStatus__Output as Status } from '@mercat/catalog-api/messages/SearchIndexStatus'
import { Presets, SingleBar } from 'cli-progress'

export type ReindexProgress = {
	show(status: Status): void
	stop(): void
}

/** Shows a bar if stderr is a terminal, and a line for each tenth of the products if it is not. */
export function showReindexProgress(stderr: NodeJS.WriteStream = process.stderr): ReindexProgress {
	if (!stderr.isTTY) return printTenths(stderr)
	const bar = new SingleBar(
		{ stream: stderr, format: '{bar} {percentage} %  {value} of {total} products', clearOnComplete: true },
		Presets.shades_classic,
	)
	bar.start(0, 0)
	return {
		show(status) {
			bar.setTotal(status.productCount)
			bar.update(doneOf(status))
		},
		stop: () => bar.stop(),
	}
}

function printTenths(stderr: NodeJS.WriteStream): ReindexProgress {
	let printed = -1
	return {
		show(status) {
			const tenth = Math.floor((10 * doneOf(status)) / Math.max(status.productCount, 1))
			if (tenth <= printed) return
			printed = tenth
			stderr.write(`${doneOf(status)} of ${status.productCount} products\n`)
		},
		stop() {},
	}
}

function doneOf({ productCount, pendingProductCount }: Status): number {
	return Math.max(productCount - pendingProductCount, 0)
}
