import { eventually } from '@mercat/testing/eventually'
import { engines } from '@mercat/testing/test-database'
import { expect, test } from 'vitest'
import { traceparent } from '../order-write.ts'
import { newCustomer, orderOf, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { openStream } from './open-stream.ts'

const staff = token('staff', 'orders:manage')

test.each(engines)(
	'the trace of a transition is in its event, in pages and streams, and in no answer about the order, on %s',
	async (engine) => {
		await using services = await startServices(engine)
		const customer = newCustomer()
		const sku = await services.catalog.createProduct()
		const { body: placed } = await services.place(orderOf(sku), { customer, headers: { traceparent } })
		const path = `/v1/orders/${placed.id}`
		const pay = { token: staff, body: { reference: 'p' }, headers: { traceparent } }
		const { body: paid } = await services.request('POST', `${path}/pay`, pay)

		const events = await eventually(async () => {
			const { body } = await services.get('/v1/events', { token: staff })
			expect(body.events).toHaveLength(2)
			return body.events.map(({ event }: { event: object }) => event)
		})
		const ofTrace = expect.stringContaining(traceparent.slice(0, 36))
		expect(events).toMatchObject([{ traceparent: ofTrace }, { traceparent: ofTrace }])
		using stream = await openStream(services.url, '', { token: staff })
		await stream.receive(2)
		expect(stream.events().map(({ data }) => JSON.parse(data ?? ''))).toEqual(events)

		const reads = { token: token(customer) }
		const paths = [path, `${path}/history`, '/v1/orders']
		const answers = await Promise.all(paths.map(async (read) => (await services.get(read, reads)).body))
		expect(JSON.stringify([placed, paid, answers, events.map(({ data }: { data: object }) => data)])).not.toContain(
			'traceparent',
		)
		expect(answers[1].history).toHaveLength(2)
	},
)
