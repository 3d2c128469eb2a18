import { randomUUID } from 'node:crypto'
import { register } from '@mercat/service/metrics'
import { eventually } from '@mercat/testing/eventually'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openStream } from '../events/open-stream.ts'
import { type Services, severalTimes, startServices } from '../start-services.ts'
import { token, tokenUntil } from '../tokens.ts'
import { followStatus } from './follow-status.ts'

const newStaff = () => token(`staff-${randomUUID()}`, 'orders:manage')

describe('the stream of statuses', () => {
	let services: Services
	beforeAll(async () => {
		services = await startServices('postgres')
	})
	afterAll(() => services[Symbol.asyncDispose]())
	const follow = () => followStatus(services.url, { token: newStaff() })

	test('has a status each second, and begins with the ones that were recorded', async () => {
		using reader = await follow()
		expect(reader.headers).toMatchObject({
			'content-type': 'text/event-stream; charset=utf-8',
			'cache-control': 'no-store',
			'x-accel-buffering': 'no',
			connection: 'close',
		})
		await reader.receive(4)
		expect(reader.frames[0]).toEqual({ retry: '1000' })
		// The statements of the status itself do not show.
		expect(Math.min(...reader.statuses().map(({ databasePool }) => databasePool.waiting))).toBe(0)
		expect(new Set(reader.events().map(({ event }) => event))).toEqual(new Set(['status']))
		const times = reader.statuses().map(({ at }) => Date.parse(at))
		for (const [index, time] of times.slice(1).entries()) {
			expect(time - (times[index] as number)).toBeGreaterThan(400)
		}
		const recorded = reader.statuses()
		using late = await follow()
		await eventually(() => expect(late.statuses().slice(0, recorded.length)).toEqual(recorded))
		await eventually(() => expect(late.statuses().length).toBeGreaterThan(recorded.length + 1))
		expect(late.statuses().slice(0, reader.statuses().length)).toEqual(
			reader.statuses().slice(0, late.statuses().length),
		)
	})

	test('takes no place among the requests in flight', async () => {
		using _one = await follow()
		using _other = await follow()
		await eventually(async () => {
			const metric = await register.getSingleMetric('mercat_requests_in_flight')?.get()
			expect(metric?.values).toMatchObject([{ value: 0 }])
		})
	})

	test('stays open longer than the budget of a request, and ends when its token does', async () => {
		const untilS = Math.floor(Date.now() / 1000) + 4
		const clockSkewS = 30
		using reader = await followStatus(services.url, { token: tokenUntil(untilS - clockSkewS, 'orders:manage') })
		expect(reader.status).toBe(200)
		expect(await reader.untilEnded()).toBe('complete')
		expect(Date.now() / 1000).toBeGreaterThanOrEqual(untilS)
		expect(reader.frames.at(-1)).toEqual({ comment: 'the token has expired' })
	})

	test('HEAD has the headers of a stream and ends at once', async () => {
		const head = await services.request('HEAD', '/v1/status/stream', { token: newStaff() })
		expect([head.status, head.headers.get('content-type')]).toEqual([200, 'text/event-stream; charset=utf-8'])
	})

	test('shares the five places of its customer with the streams of events', async () => {
		const staff = newStaff()
		const events = await severalTimes(3, () => openStream(services.url, '?after=now', { token: staff }))
		const statuses = await severalTimes(2, () => followStatus(services.url, { token: staff }))
		using sixth = await followStatus(services.url, { token: staff })
		using alsoSixth = await openStream(services.url, '?after=now', { token: staff })
		expect([sixth.status, alsoSixth.status]).toEqual([429, 429])
		events[0]?.[Symbol.dispose]()
		await eventually(async () => {
			using again = await followStatus(services.url, { token: staff })
			expect(again.status).toBe(200)
		})
		for (const each of [...events, ...statuses]) each[Symbol.dispose]()
	})
})

test('a process has MAX_STREAMS places for streams of both kinds', async () => {
	await using services = await startServices('postgres', { env: { MAX_STREAMS: '1' } })
	using _events = await openStream(services.url, '', { token: newStaff() })
	const refused = await services.get('/v1/status/stream', { token: newStaff() })
	expect(refused).toMatchObject({ status: 429, body: { code: 'TOO_MANY_STREAMS' } })
})

test('a drain is told, and ends the stream within a second, while the status is still answered', async () => {
	await using services = await startServices('postgres')
	using reader = await followStatus(services.url, { token: newStaff() })
	using paused = await followStatus(services.url, { token: newStaff(), isPaused: true })
	expect(paused.status).toBe(200)
	await reader.receive(1)
	const announcedAt = performance.now()
	services.announceShutdown()
	expect(await reader.untilEnded()).toBe('complete')
	expect(performance.now() - announcedAt).toBeLessThan(1_000)
	expect(reader.frames.at(-1)).toEqual({ comment: 'the service shuts down' })
	await eventually(async () => {
		const { body } = await services.get('/v1/status', { token: newStaff() })
		expect(body.services[0]).toMatchObject({ state: 'draining', missing: ['the service is shutting down'] })
	})
	using late = await followStatus(services.url, { token: newStaff() })
	expect(await late.untilEnded()).toBe('complete')
})
