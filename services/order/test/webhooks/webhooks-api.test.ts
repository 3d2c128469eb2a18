import { randomUUID } from 'node:crypto'
import { engines } from '@mercat/testing/test-database'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectInvalid } from '../expect-invalid.ts'
import { type RequestOptions, type Services, startServices } from '../start-services.ts'
import { token } from '../tokens.ts'
import { plantEvents, plantWebhook, prepareDatabase } from './prepared-database.ts'

const as = token('operator', 'webhooks:manage')
const url = 'https://shop.example/events?of=orders'
const ofEnvironment = randomUUID()
const environmentUrl = 'http://127.0.0.1:1/environment'

describe.each(engines)('webhooks over the API on %s', (engine) => {
	let database: Awaited<ReturnType<typeof prepareDatabase>>
	let services: Services
	beforeAll(async () => {
		database = await prepareDatabase(engine, async (opened) => {
			await plantEvents(opened, 11, 20)
			await plantWebhook(opened, { id: ofEnvironment, origin: 'environment', url: environmentUrl, position: 20 })
		})
		const env = { SECRETS_KEY: 'k'.repeat(32), WEBHOOK_URLS: environmentUrl, WEBHOOK_SECRET: 's'.repeat(24) }
		services = await startServices(engine, { databaseUrl: database.url, env })
	})
	afterAll(async () => {
		await services?.[Symbol.asyncDispose]()
		await database?.[Symbol.asyncDispose]()
	})

	const ask = (method: string, path: string, body?: unknown, options: RequestOptions = {}) =>
		services.request(method, `/v1/webhooks${path}`, { token: as, body, ...options })

	async function make(body: object = {}) {
		const answer = await ask('POST', '', { url, ...body })
		expect(answer.status).toBe(201)
		return answer.body
	}

	describe('making a webhook', () => {
		test('a new webhook receives every type from the end of the log on, and shows its secret once', async () => {
			const { status, headers, body } = await ask('POST', '', { url })
			expect(status).toBe(201)
			expect(headers.get('location')).toBe(`/v1/webhooks/${body.id}`)
			expect(body).toEqual({
				id: expect.stringMatching(/^[0-9a-f-]{36}$/),
				url,
				types: ['*'],
				description: '',
				state: 'active',
				origin: 'api',
				position: '20',
				createdAt: expect.stringMatching(/Z$/),
				secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
			})
			const { secret: _shownOnce, ...shown } = body
			expect(await ask('GET', `/${body.id}`)).toMatchObject({ status: 200, body: shown })
			const listed = await ask('GET', '')
			const nothing = { pending: 0, waitingSince: null, dead: 0, failing: null }
			expect(listed.body.webhooks).toContainEqual({ ...shown, ...nothing })
			expect(listed.text).not.toMatch(/secret|sealed|whsec|signsUntil/)
		})

		test('two webhooks may have one URL, and have different secrets', async () => {
			const [one, other] = [await make(), await make()]
			expect(one.id).not.toBe(other.id)
			expect(one.secret).not.toBe(other.secret)
		})

		test('a webhook keeps its types and its description', async () => {
			const asked = { types: ['mercat.order.paid.v1', 'mercat.order.expired.v1'], description: 'Lager – „eins“' }
			expect(await make(asked)).toMatchObject(asked)
		})

		test.each<[string, unknown, string]>([
			['no body', undefined, '#'],
			['a list', [], '#'],
			['a body without a URL', {}, '#/url'],
			['a URL that is no text', { url: 7 }, '#/url'],
			['an empty URL', { url: '' }, '#/url'],
			['a relative URL', { url: '/events' }, '#/url'],
			['a URL of another scheme', { url: 'ftp://shop.example/' }, '#/url'],
			['a URL with a password', { url: 'https://user:hunter2@shop.example/' }, '#/url'],
			['a URL with a fragment', { url: 'https://shop.example/#part' }, '#/url'],
			['a URL with a blank', { url: 'https://shop.example/a b' }, '#/url'],
			['a URL of two lines', { url: 'https://shop.example/\nx' }, '#/url'],
			['a long URL', { url: `https://shop.example/${'x'.repeat(2_000)}` }, '#/url'],
			['types that are no list', { url, types: '*' }, '#/types'],
			['no types', { url, types: [] }, '#/types'],
			['an unknown type', { url, types: ['*', 'mercat.order.lost.v1'] }, '#/types/1'],
			['the same type twice', { url, types: ['*', '*'] }, '#/types'],
			['a long description', { url, description: 'x'.repeat(201) }, '#/description'],
			['a control character in the description', { url, description: '\u0000' }, '#/description'],
			['a member of another name', { url, secret: 'mine' }, '#/secret'],
			['a state', { url, state: 'paused' }, '#/state'],
		])('%s is refused with its place', (_name, body, pointer) => expectInvalid(ask('POST', '', body), pointer))

		test.each([
			'http://127.0.0.1/',
			'http://localhost:8080/',
			'https://10.0.0.1/',
			'https://169.254.169.254/latest',
			'https://[::1]/',
			'https://[::ffff:10.0.0.1]/',
			'https://0x7f.1/',
		])('%s is refused, because its address is not public', async (privateUrl) => {
			const refused = { status: 422, body: { code: 'WEBHOOK_TARGET_REFUSED' } }
			expect(await ask('POST', '', { url: privateUrl })).toMatchObject(refused)
			expect(await ask('PATCH', `/${(await make()).id}`, { url: privateUrl })).toMatchObject(refused)
		})
	})

	describe('changing a webhook', () => {
		test('a change alters what it names, and nothing else', async () => {
			const { secret: _secret, ...made } = await make({ description: 'one', types: ['mercat.order.paid.v1'] })
			for (const change of [
				{ url: 'https://shop.example/other' },
				{ types: ['*'] },
				{ description: '' },
				{ state: 'paused' },
				{ state: 'active', description: 'two' },
			]) {
				Object.assign(made, change)
				expect(await ask('PATCH', `/${made.id}`, change)).toMatchObject({ status: 200, body: made })
				expect((await ask('GET', `/${made.id}`)).body).toMatchObject(made)
			}
		})

		test.each<[string, unknown, string]>([
			['no body', undefined, '#'],
			['an empty change', {}, '#'],
			['null', { description: null }, '#/description'],
			['an unknown state', { state: 'stopped' }, '#/state'],
			['an unknown type', { types: ['order.paid'] }, '#/types/0'],
			['a malformed URL', { url: 'shop.example' }, '#/url'],
			['the origin', { origin: 'environment' }, '#/origin'],
		])('%s is refused with its place', async (_name, body, pointer) => {
			await expectInvalid(ask('PATCH', `/${(await make()).id}`, body), pointer)
		})

		test('a deleted webhook is gone', async () => {
			const { id } = await make()
			expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 204, text: '' })
			expect(await ask('DELETE', `/${id}`)).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } })
			expect((await ask('GET', '')).body.webhooks.map((webhook: { id: string }) => webhook.id)).not.toContain(id)
		})

		test('a webhook gets a new secret, which is shown once', async () => {
			const { secret, ...made } = await make()
			const rotated = await ask('POST', `/${made.id}/rotate-secret`)
			expect(rotated).toMatchObject({ status: 200, body: made })
			expect(rotated.body.secret).toMatch(/^whsec_/)
			expect(rotated.body.secret).not.toBe(secret)
			expect((await ask('GET', `/${made.id}`)).body).toMatchObject(made)
			await expectInvalid(ask('POST', `/${made.id}/rotate-secret`, { secret: 'mine' }), '#/secret')
		})
	})

	describe('a replay', () => {
		test('a replay moves a webhook back, and never forward', async () => {
			const { id } = await make()
			// A paused webhook gets nothing, so its position stays.
			await ask('PATCH', `/${id}`, { state: 'paused' })
			const positionAfter = async (after: string) => {
				const { status, body } = await ask('POST', `/${id}/replay`, { after })
				expect(status).toBe(200)
				return body.position
			}
			expect(await positionAfter('15')).toBe('15')
			expect(await positionAfter('20')).toBe('15')
			expect(await positionAfter('10')).toBe('10')
			expect((await ask('GET', `/${id}`)).body.position).toBe('10')
		})

		test('a replay of events that are deleted names the first event that is left', async () => {
			const { id } = await make()
			const expired = { status: 410, body: { code: 'POSITION_EXPIRED', first: '11' } }
			for (const after of ['9', '0']) {
				expect(await ask('POST', `/${id}/replay`, { after })).toMatchObject(expired)
			}
		})

		test.each<[string, unknown, string]>([
			['no body', undefined, '#'],
			['no position', {}, '#/after'],
			['a number', { after: 15 }, '#/after'],
			['the end of the log by name', { after: 'now' }, '#/after'],
			['a position beyond the end', { after: '21' }, '#/after'],
			['a position far beyond the end', { after: '9'.repeat(16) }, '#/after'],
			['a position with a zero in front', { after: '015' }, '#/after'],
			['a negative position', { after: '-1' }, '#/after'],
			['a member of another name', { after: '15', until: '16' }, '#/until'],
		])('%s is refused with its place', async (_name, body, pointer) => {
			await expectInvalid(ask('POST', `/${(await make()).id}/replay`, body), pointer)
		})
	})

	describe('a webhook of WEBHOOK_URLS', () => {
		const path = `/${ofEnvironment}`
		test('a webhook of WEBHOOK_URLS is listed, paused, resumed, described and replayed', async () => {
			const listed = (await ask('GET', '')).body.webhooks.find(({ id }: { id: string }) => id === ofEnvironment)
			expect(listed).toMatchObject({ url: environmentUrl, origin: 'environment' })
			expect(listed).not.toHaveProperty('endedAt')
			for (const change of [{ state: 'paused' }, { state: 'active' }, { description: 'mail' }]) {
				expect(await ask('PATCH', path, change)).toMatchObject({ status: 200, body: change })
			}
			expect(await ask('POST', `${path}/replay`, { after: '20' })).toMatchObject({ status: 200 })
		})

		test('the API changes neither its URL nor its types nor its secret, and does not delete it', async () => {
			const refused = { status: 409, body: { code: 'WEBHOOK_OF_ENVIRONMENT' } }
			expect(await ask('PATCH', path, { url })).toMatchObject(refused)
			expect(await ask('PATCH', path, { types: ['*'], state: 'paused' })).toMatchObject(refused)
			expect(await ask('DELETE', path)).toMatchObject(refused)
			expect(await ask('POST', `${path}/rotate-secret`)).toMatchObject(refused)
			expect(await ask('GET', path)).toMatchObject({ status: 200, body: { state: 'active' } })
		})
	})

	describe('every route', () => {
		const routes: [method: string, path: string, body?: unknown][] = [
			['GET', '/ID'],
			['PATCH', '/ID', { state: 'paused' }],
			['DELETE', '/ID'],
			['POST', '/ID/rotate-secret'],
			['POST', '/ID/test'],
			['POST', '/ID/replay', { after: '15' }],
			['GET', '/ID/deliveries'],
			['POST', '/ID/deliveries/15/redeliver'],
		]

		test.each(routes)('%s %s answers 404 for an id that no webhook has', async (method, path, body) => {
			for (const id of [randomUUID(), 'any', ofEnvironment.toUpperCase(), '%00', `${ofEnvironment}0`]) {
				const answer = await ask(method, path.replace('ID', id), body)
				expect(answer, id).toMatchObject({ status: 404, body: { code: 'WEBHOOK_NOT_FOUND' } })
			}
		})

		test.each([['GET', ''], ['POST', '', { url }], ...routes])(
			'%s %s needs the scope webhooks:manage',
			async (method, path, body) => {
				const { id } = await make()
				const scopes = 'orders:read orders:write orders:manage events:read'
				const refused = await ask(method as string, (path as string).replace('ID', id), body, {
					token: token('staff', scopes),
				})
				expect(refused).toMatchObject({ status: 403, body: { code: 'FORBIDDEN' } })
				expect(refused.body.detail).toContain('webhooks:manage')
			},
		)
	})

	// The last test: the webhooks of the others count, too.
	test('a hundred webhooks are the most, also when many are made at once', async () => {
		const { webhooks } = (await ask('GET', '')).body
		const made = webhooks.filter(({ origin }: { origin: string }) => origin === 'api').length
		expect(made).toBeLessThan(100)
		for (let count = made; count < 95; count++) await make()
		const answers = await Promise.all(Array.from({ length: 20 }, () => ask('POST', '', { url })))
		expect(answers.map(({ status }) => status).sort()).toEqual([...Array(5).fill(201), ...Array(15).fill(409)])
		expect(answers.find(({ status }) => status === 409)?.body.code).toBe('TOO_MANY_WEBHOOKS')
		await ask('DELETE', `/${answers.find(({ status }) => status === 201)?.body.id}`)
		await make()
	})
})
