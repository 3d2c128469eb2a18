import { setImmediate as turn } from 'node:timers/promises'
import { type BatcherOptions, createBatcher } from '../../src/batching/batcher.ts'
import type { TraceContext } from '../../src/telemetry/tracing.ts'

export class OverloadedError extends Error {}
export class OutOfTimeError extends Error {}
export class ItemsFault extends Error {}

type Run = {
	items: string[]
	deadline: number
	trace: TraceContext | undefined
	finish(results?: (string | Error)[]): void
	fail(error: Error): void
}

/** A batcher whose runs end when the test ends them, and a list of all its runs. */
export function controlledBatcher(options: Partial<BatcherOptions<string, string>> = {}) {
	const runs: Run[] = []
	const submit = createBatcher<string, string>({
		name: 'test',
		gather: setImmediate,
		mostItems: 100,
		mostBatches: 1,
		mostWaiting: 100,
		isItemsFault: (error) => error instanceof ItemsFault,
		overloaded: () => new OverloadedError(),
		outOfTime: () => new OutOfTimeError(),
		run(items, { deadline, trace }) {
			const { promise, resolve, reject } = Promise.withResolvers<(string | Error)[]>()
			const answers = () => items.map((item) => `${item} done`)
			runs.push({ items, deadline, trace, finish: (results = answers()) => resolve(results), fail: reject })
			return promise
		},
		...options,
	})
	return {
		runs,
		/** The items of each batch. */
		batches: () => runs.map(({ items }) => items),
		submit: (item: string, waitMs = 60_000, signal?: AbortSignal, trace?: TraceContext) =>
			submit(item, { deadline: performance.now() + waitMs, signal, trace }),
		/** Submits the items, and resolves one turn of the event loop later, to a function that awaits their answers. */
		async begin(...items: string[]) {
			const answers = Promise.allSettled(items.map((item) => submit(item, { deadline: performance.now() + 60_000 })))
			await turn()
			return () => answers
		},
		/** Ends the latest run, and waits until the next batch has started. */
		async finishLatest(results?: (string | Error)[]) {
			runs.at(-1)?.finish(results)
			await turn()
			await turn()
		},
	}
}
