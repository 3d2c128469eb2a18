import { expect, test } from 'vitest'
import { readOptions } from '../src/options.ts'
import { UsageError } from '../src/running/usage-error.ts'

function chosen(...args: string[]): string[] {
	return readOptions(args).measures.map(({ name }) => name)
}

test('--against may be given several times, each time with one commit', () => {
	const { against, rounds } = readOptions(['--against', 'HEAD', 'orders', '--against', 'main~3'])
	expect(against).toEqual(['HEAD', 'main~3'])
	expect(rounds).toBe(25)
	expect(readOptions(['orders']).against).toEqual([])
})

test('without a name the usual measures run, and with --against the usual ones', () => {
	expect(chosen()).toHaveLength(9)
	expect(chosen('--against', 'HEAD')).toEqual(['orders', 'order-tail', 'one-order-alone', 'start'])
	expect(chosen('start', 'hot-sku', '--against', 'HEAD')).toEqual(['hot-sku', 'start'])
})

test.each([
	'orders-with-webhooks',
	'webhook-isolation',
	'event-streams',
	'live-watchers',
	'live',
	'telemetry',
	'search',
])('%s runs only by its name', (name) => {
	expect(chosen()).not.toContain(name)
	expect(chosen(name)).toEqual([name])
})

test('a measure that is unknown, or unavailable with --against, is refused', () => {
	expect(() => chosen('order')).toThrow(/^there is no measure order\n/)
	expect(() => chosen('stored-orders', '--against', 'HEAD')).toThrow(
		new UsageError('stored-orders cannot be measured with --against'),
	)
	expect(() => chosen('orders', '--against')).toThrow(UsageError)
})
