import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { describe, expect, test } from 'vitest'
import { openLog, readEvents } from './open-log.ts'

const textsOf = (events: { text: string }[]) => events.map(({ text }) => text)

/** A tail of a log of `count` old events, all of which it has in memory. It counts its resets. */
async function openTail(engine: (typeof engines)[number], count: number) {
	await using opened = new AsyncDisposableStack()
	const log = opened.use(await openLog(engine))
	await log.write(count, 'old')
	const tail = opened.use(await log.open())
	await readEvents(tail)
	const told: ('growth' | 'reset')[] = []
	tail.onGrowth(() => told.push('growth'))
	const stopResets = tail.onReset(() => told.push('reset'))
	const resources = opened.move()
	return { log, tail, told, stopResets, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}

describe.each(engines)('when the end of the log is lost on %s, the tail', (engine) => {
	test('forgets what it knows, tells it, and reads the events that get the positions anew', async () => {
		await using opened = await openTail(engine, 130)
		const { log, tail, told } = opened
		await log.loseAfter(120)
		log.report(120)
		await eventually(() => expect(tail.last()).toBe(120))
		expect(told).toEqual(['reset'])
		await log.write(15, 'new')
		expect(told).toEqual(['reset', 'growth'])
		expect(textsOf(await readEvents(tail))).toEqual([...Array(120).fill('old'), ...Array(15).fill('new')])
		expect(tail.last()).toBe(135)
	})

	test('learns it from the next question for the ends of the log', async () => {
		await using opened = await openTail(engine, 10)
		const { log, tail, told, stopResets } = opened
		await log.loseAfter(7)
		expect(await tail.ends()).toEqual({ first: 1, last: 7 })
		expect([tail.last(), told]).toEqual([7, ['reset']])
		await log.loseAfter(0)
		stopResets()
		expect(await tail.ends()).toEqual({ first: 1, last: 0 })
		expect([tail.last(), told]).toEqual([0, ['reset']])
		expect(await tail.read(0)).toEqual({ events: [], readTo: 0 })
	})

	test('gives nothing of a read that began before, and does not keep it', async () => {
		await using opened = await openTail(engine, 10)
		const { log, tail } = opened
		await log.write(10, 'old')
		const held = log.hold()
		const [one, other] = [tail.read(10), tail.read(12)]
		await held.arrived
		await log.loseAfter(10)
		await log.write(10, 'new')
		tail.reset(20)
		const again = tail.read(10)
		held.release()
		expect(await one).toEqual({ events: [], readTo: 10 })
		expect(await other).toEqual({ events: [], readTo: 12 })
		expect(textsOf((await again).events)).toEqual(Array(10).fill('new'))
		expect(textsOf(await readEvents(tail, 10))).toEqual(Array(10).fill('new'))
	})

	test('asks again when the answer about the ends of the log may be from before', async () => {
		await using opened = await openTail(engine, 10)
		const { log, tail, told } = opened
		const held = log.hold()
		const ends = tail.ends()
		await held.arrived
		await log.loseAfter(4)
		tail.reset(4)
		held.release()
		expect(await ends).toEqual({ first: 1, last: 4 })
		expect([tail.last(), told]).toEqual([4, ['reset']])
	})
})

describe.each(engines)('the tail of the log on %s', (engine) => {
	test('takes an answer that a newer one has overtaken for no loss', async () => {
		await using opened = await openTail(engine, 10)
		const { log, tail, told } = opened
		const held = log.hold()
		const ends = tail.ends()
		await held.arrived
		await log.write(5)
		held.release()
		expect(await ends).toEqual({ first: 1, last: 10 })
		const answers = log.answers()
		log.report(10)
		await eventually(() => expect(log.answers()).toBe(answers + 1))
		expect([tail.last(), told]).toEqual([15, ['growth']])
	})

	test('asks again about a lower position when the question has failed', async () => {
		await using opened = await openTail(engine, 10)
		const { log, tail, told } = opened
		await log.loseAfter(5)
		await log.database.query('alter table log rename to moved')
		log.report(5)
		await expect(tail.ends()).rejects.toThrow()
		expect([tail.last(), told]).toEqual([10, []])
		await log.database.query('alter table moved rename to log')
		log.report(5)
		await eventually(() => expect(tail.last()).toBe(5))
		expect(told).toEqual(['reset'])
	})

	test('is reset by an owner that finds another event at a position', async () => {
		await using opened = await openTail(engine, 3)
		const { log, tail, told } = opened
		await log.database.query("update event set text = 'new'")
		tail.reset(3)
		expect(textsOf(await readEvents(tail))).toEqual(['new', 'new', 'new'])
		expect(told).toEqual(['reset'])
		await log.database.query('update log set last_position = 5')
		tail.reset(5)
		expect([tail.last(), told]).toEqual([5, ['reset', 'reset', 'growth']])
	})
})
