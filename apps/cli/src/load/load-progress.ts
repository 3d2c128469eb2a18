import { describeSecond } from './load-lines.ts'
import type { LoadCounts, Tally } from './sending/load-counts.ts'

/** What a person sees of a load while it runs. */
export type LoadProgress = Disposable & { note(text: string): void }

/** Writes a line each second if stderr is a terminal, and only notes if it is not. */
export function showLoadProgress(
	tally: Pick<Tally, 'counts' | 'takeLatencies'>,
	stderr: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
): LoadProgress {
	let before: LoadCounts = structuredClone(tally.counts)
	const timer = setInterval(() => {
		if (!stderr.isTTY) return
		const after = structuredClone(tally.counts)
		stderr.write(`${describeSecond(before, after, tally.takeLatencies())}\n`)
		before = after
	}, 1_000)
	return {
		note: (text) => void stderr.write(`mercat: ${text}\n`),
		[Symbol.dispose]: () => clearInterval(timer),
	}
}
