import { randomUUID } from 'node:crypto'
import getPort from 'get-port'
import { type ClusterOptions, startCluster } from '../chaos/shop/cluster.ts'

export type Asked = { token?: string; key?: string; body?: unknown }
export type Told = { status: number; body: { id: string; code?: string } }

export type MeasuredShop = Awaited<ReturnType<typeof startMeasuredShop>>

/** Real processes of both services, which give metrics, and requests to them. */
export async function startMeasuredShop(options: Pick<ClusterOptions, 'env' | 'databaseUrls'> = {}) {
	const ports = { order: await getPort(), catalog: await getPort() }
	const cluster = await startCluster({
		engine: 'postgres',
		databaseUrls: options.databaseUrls,
		env: {
			METRICS_PORT: String(ports.order),
			SECRETS_KEY: randomUUID(),
			WEBHOOK_ALLOW_PRIVATE: 'true',
			...options.env,
		},
		catalogEnv: { METRICS_PORT: String(ports.catalog) },
	})

	async function ask(method: string, path: string, { token, key, body }: Asked = {}): Promise<Told> {
		const response = await fetch(`${cluster.orderUrl()}${path}`, {
			method,
			headers: {
				...(token !== undefined && { authorization: `Bearer ${token}` }),
				...(key !== undefined && { 'idempotency-key': key }),
				...(body !== undefined && { 'content-type': 'application/json' }),
			},
			body: body === undefined ? undefined : JSON.stringify(body),
		})
		const text = await response.text()
		return { status: response.status, body: text.startsWith('{') ? JSON.parse(text) : { id: '' } }
	}

	const operator = cluster.token('operator', 'webhooks:manage')
	return {
		cluster,
		ask,
		/** The address of the metrics of each service, by the job that Prometheus has for it. */
		targets: { 'mercat-order': `127.0.0.1:${ports.order}`, 'mercat-catalog': `127.0.0.1:${ports.catalog}` },
		/** Places orders of one piece at the same time. */
		place: (sku: string, count: number): Promise<Told[]> =>
			Promise.all(
				Array.from({ length: count }, () =>
					ask('POST', '/v1/orders', {
						token: cluster.customerToken(`customer-${randomUUID()}`),
						key: randomUUID(),
						body: { items: [{ sku, quantity: 1 }] },
					}),
				),
			),
		/** Makes a transition of an order, as staff. */
		act: (id: string, action: 'pay' | 'cancel'): Promise<Told> =>
			ask('POST', `/v1/orders/${id}/${action}`, {
				token: cluster.staffToken,
				body: action === 'pay' ? { reference: id } : {},
			}),
		/** Makes a webhook for every type of event. Returns its id. */
		async addWebhook(url: string): Promise<{ id: string }> {
			const { status, body } = await ask('POST', '/v1/webhooks', { token: operator, body: { url } })
			if (status !== 201) throw new Error(`the webhook was refused: ${JSON.stringify(body)}`)
			return { id: body.id }
		},
		/** Sends all events to a webhook again. */
		replayWebhook: (id: string): Promise<Told> =>
			ask('POST', `/v1/webhooks/${id}/replay`, { token: operator, body: { after: '0' } }),
		removeWebhook: (id: string): Promise<Told> => ask('DELETE', `/v1/webhooks/${id}`, { token: operator }),
		[Symbol.asyncDispose]: () => cluster[Symbol.asyncDispose](),
	}
}
