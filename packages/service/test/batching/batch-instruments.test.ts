import { setImmediate as turn } from 'node:timers/promises'
import { eventually } from '@mercat/testing/eventually'
import { readSamples, readValue } from '@mercat/testing/read-samples'
import { expect, test } from 'vitest'
import { register } from '../../src/telemetry/metrics.ts'
import { controlledBatcher } from './controlled-batcher.ts'

/** The value of a metric of a batcher. */
async function metric(name: string, labels: Record<string, string>): Promise<number | undefined> {
	return readValue(readSamples(await register.metrics()), name, labels)
}

test('The metrics of a batcher have the sizes of its batches', async () => {
	const batcher = controlledBatcher({ name: 'sizes' })
	const first = await batcher.begin('a')
	const others = await batcher.begin('b', 'c', 'd')
	await batcher.finishLatest()
	await batcher.finishLatest()
	await Promise.all([first(), others()])
	expect(await metric('mercat_batch_size_count', { batch: 'sizes' })).toBe(2)
	expect(await metric('mercat_batch_size_sum', { batch: 'sizes' })).toBe(4)
	expect(await metric('mercat_batch_size_bucket', { le: '1', batch: 'sizes' })).toBe(1)
	expect(await metric('mercat_batch_size_bucket', { le: '4', batch: 'sizes' })).toBe(2)
})

test('The metrics of a batcher have the time from the arrival of an item to the start of its batch, in seconds', async () => {
	const batcher = controlledBatcher({ name: 'waits' })
	const first = await batcher.begin('a')
	const since = performance.now()
	const second = await batcher.begin('b')
	await eventually(() => expect(performance.now()).toBeGreaterThan(since + 20))
	const waited = (performance.now() - since) / 1_000
	await batcher.finishLatest()
	await batcher.finishLatest()
	await Promise.all([first(), second()])
	expect(await metric('mercat_batch_wait_seconds_count', { batch: 'waits' })).toBe(2)
	const sum = await metric('mercat_batch_wait_seconds_sum', { batch: 'waits' })
	expect(sum).toBeGreaterThan(0.02)
	expect(sum).toBeLessThan(waited + (performance.now() - since) / 1_000)
})

test('The metrics of a batcher have the number of items that wait at the moment', async () => {
	const batcher = controlledBatcher({ name: 'queue' })
	const waiting = () => metric('mercat_batch_waiting', { batch: 'queue' })
	const first = await batcher.begin('a')
	expect(await waiting()).toBe(0)
	const others = await batcher.begin('b', 'c')
	expect(await waiting()).toBe(2)
	await batcher.finishLatest()
	expect(await waiting()).toBe(0)
	await batcher.finishLatest()
	await Promise.all([first(), others()])
	await turn()
})
