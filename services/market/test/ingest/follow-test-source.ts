import { createLog } from '@mercat/service/log'
import { type FollowSourceOptions, followSource, type Source } from '../../src/ingest/follow-source.ts'
import type { FollowedSource } from '../../src/ingest/followed-source.ts'
import { createSourceClient } from '../../src/ingest/source-client.ts'
import { defaultMap } from '../../src/settings/source-settings.ts'
import type { SourceMessage } from '../../src/ticks/source-message.ts'

export type TestSource = Source & {
	/** All messages that were taken. */
	taken: SourceMessage[]
	seqs(): number[]
	/** The facts of the lines in the log, each with its text as `msg`. */
	lines: Record<string, unknown>[]
	/** Takes everything from now on. */
	takeAll(): void
}

export type TestSourceOptions = FollowSourceOptions & {
	settings?: Partial<FollowedSource>
	mostMessageBytes?: number
	/** No address is refused, unless given. */
	addressRefusal?: (address: string) => string | undefined
}

let sources = 0

/** Follows a source at a URL, with short times. Every name is this machine's. Nothing is taken before `takeAll`. */
export function followTestSource(
	url: string,
	{ settings, mostMessageBytes, addressRefusal = () => undefined, ...options }: TestSourceOptions = {},
): TestSource {
	const lines: Record<string, unknown>[] = []
	const log = createLog('test', 'info', { write: (line) => void lines.push(JSON.parse(line)) })
	const connect = createSourceClient(
		{ resolve: async () => [{ address: '127.0.0.1', family: 4 }], addressRefusal },
		{ mostMessageBytes },
	)
	const source = followSource(
		{ connect, log },
		{
			name: `test-${++sources}`,
			url: new URL(url),
			headers: {},
			map: defaultMap,
			skuPrefix: '',
			priceIn: 'minor',
			staleAfterS: 30,
			...settings,
		},
		{ reorderMs: 100, firstBackoffMs: 5, largestBackoffMs: 50, ...options },
	)
	const taken: SourceMessage[] = []

	async function takeOn(): Promise<void> {
		for (;;) {
			const messages = await source.take({ mostTicks: 2_000 })
			if (messages.length === 0) return
			taken.push(...messages)
		}
	}

	return {
		...source,
		taken,
		lines,
		seqs: () => taken.map(({ seq }) => seq),
		takeAll: () => void takeOn(),
	}
}
