import { type BenchProcess, startProcess } from '../running/bench-process.ts'

/** Stands for a collector of spans, in a process of its own. */
export type SpanSink = BenchProcess & {
	url: string
	/** The bytes of all spans that it has taken. */
	takenBytes(): Promise<number>
}

export async function startSpanSink(): Promise<SpanSink> {
	const process = await startProcess({ role: 'span sink', entryPoint: import.meta.resolve('./span-sink.ts') })
	const url = `http://${process.address}`
	return { ...process, url, takenBytes: async () => Number(await (await fetch(url)).text()) }
}
