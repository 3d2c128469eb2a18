import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import type { HubStream } from '../../src/watching/live/watch-hub.ts'
import { openCatchUps } from './open-catch-up.ts'

test.each(engines)('streams that could not be told a change end, and others are told it, on %s', async (engine) => {
	await using catchUps = await openCatchUps(engine)
	const { hub, filters } = catchUps.needs
	const heard: string[] = []
	const join = (name: string, sku: string, tell: () => void) => {
		const stream: HubStream = {
			filter: filters.take({ skus: [sku], productsOnly: true }),
			tell,
			lose: () => void heard.push(`${name} ends`),
			wake() {},
			check() {},
			missedQuantities() {},
			databaseFailed() {},
		}
		hub.add(stream)
		hub.join(stream)
	}
	const fail = () => {
		throw new Error('this response cannot be written')
	}
	join('first', 'P01', fail)
	join('neighbour of the first', 'P01', () => void heard.push('neighbour of the first is told'))
	join('second', 'P02', () => void heard.push('second is told'))
	await catchUps.database.query("update product set version = version + 1 where sku in ('P01', 'P02')")
	await catchUps.log.settle()
	await eventually(() => expect(heard).toContain('second is told'))
	expect(heard).toEqual(['first ends', 'neighbour of the first ends', 'second is told'])
})
