import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'
import type { Backlog } from '../../src/backlog/backlog.ts'
import { showBacklog } from '../../src/backlog/backlog-gauges.ts'
import { createSharedBacklog } from '../../src/backlog/shared-backlog.ts'

const empty: Backlog = {
	destinations: [{ destination: 'catalog', pending: 0, oldestS: 0 }],
	unloggedEvents: 0,
	oldestUnloggedS: 0,
	dead: 0,
	overdueOrders: 0,
}

/** The lines of a scrape about the backlog. */
async function scrape(): Promise<string[]> {
	const text = await register.metrics()
	return text.split('\n').filter((line) => /^mercat_(outbox|deliveries|orders_overdue)/.test(line))
}

test('a scrape tells the backlog of its moment, by destination, and those at about the same time share one look', async () => {
	let looks = 0
	const pending = [{ destination: 'w1', pending: 7, oldestS: 1.5 }]
	const findBacklog = async (): Promise<Backlog> => {
		looks++
		return { ...empty, destinations: [...empty.destinations, ...pending], dead: 2, overdueOrders: 3 }
	}
	using _shown = showBacklog({ readBacklog: createSharedBacklog({ findBacklog }) })
	expect(looks).toBe(0)
	const [lines, again] = await Promise.all([scrape(), scrape()])
	expect(lines.toSorted()).toEqual([
		'mercat_deliveries_dead 2',
		'mercat_orders_overdue 3',
		'mercat_outbox_lag_seconds{destination="catalog"} 0',
		'mercat_outbox_lag_seconds{destination="w1"} 1.5',
		'mercat_outbox_pending{destination="catalog"} 0',
		'mercat_outbox_pending{destination="w1"} 7',
	])
	expect(again).toEqual(lines)
	expect(looks).toBe(1)

	pending.pop()
	await eventually(async () => expect((await scrape()).join()).not.toContain('w1'))
	expect(looks).toBe(2)
})

test('while the backlog cannot be read, a scrape tells none', async () => {
	let isDown = false
	const findBacklog = () => (isDown ? Promise.reject(new Error('no database')) : Promise.resolve(empty))
	using _shown = showBacklog({ readBacklog: createSharedBacklog({ findBacklog }) })
	expect(await scrape()).toHaveLength(4)
	isDown = true
	await eventually(async () => expect(await scrape()).toEqual([]))
})

test('a service that has stopped shows nothing more', async () => {
	{
		using _shown = showBacklog({ readBacklog: async () => empty })
		expect(await scrape()).toHaveLength(4)
	}
	expect(await scrape()).toEqual([])
})

test('the backlogs of several processes are the same facts and are not added up', () => {
	for (const name of [
		'mercat_outbox_pending',
		'mercat_outbox_lag_seconds',
		'mercat_deliveries_dead',
		'mercat_orders_overdue',
	]) {
		expect(register.getSingleMetric(name), name).toMatchObject({ aggregator: 'max' })
	}
})
