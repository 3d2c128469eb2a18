import { expect, test } from 'vitest'
import { startSpanSink } from '../src/telemetry/start-span-sink.ts'

test('the sink takes spans and tells how many bytes it has taken', async () => {
	await using sink = await startSpanSink()
	expect(await sink.takenBytes()).toBe(0)
	for (const body of ['12345', '123']) {
		const taken = await fetch(`${sink.url}/v1/traces`, { method: 'POST', body })
		expect(taken.status).toBe(200)
		expect(await taken.text()).toBe('')
	}
	expect(await sink.takenBytes()).toBe(8)
})
