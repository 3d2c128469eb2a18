// Receives webhooks: verifies signatures, forgets duplicates and keeps the order of the events of each order. It needs
// Node 24 and no library; pnpm runs it on that Node:
//   WEBHOOK_SECRET=whsec_… PORT=9000 npx --yes pnpm@12 exec node examples/receive-webhooks.ts
import { createHmac, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

const { WEBHOOK_SECRET: secret, PORT: port = '9000' } = process.env
if (!secret) throw new Error('WEBHOOK_SECRET is required')
const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice(6), 'base64') : Buffer.from(secret)

// In a program of your own both belong in its database, in one transaction with what an event changes there.
const taken = new Set<string>()
const versions = new Map<string, number>()

/** Whether one of the signatures is right for the body as it came, and not older than five minutes. */
function isSigned(headers: IncomingHttpHeaders, body: Buffer): boolean {
	const { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': signatures } = headers
	const digest = createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
	const expected = Buffer.from(`v1,${digest}`)
	const given = String(signatures)
		.split(' ')
		.map((text) => Buffer.from(text))
	const isRight = given.some((bytes) => bytes.length === expected.length && timingSafeEqual(bytes, expected))
	return isRight && Math.abs(Date.now() / 1000 - Number(timestamp)) <= 300
}

/** Returns the status of the answer. Any 2xx ends the deliveries of an event, and must come within 10 s. */
async function receive(request: IncomingMessage): Promise<number> {
	if (!(Number(request.headers['content-length']) <= 1_000_000)) return 413
	const body = await buffer(request)
	if (!isSigned(request.headers, body)) return 401
	const id = String(request.headers['webhook-id'])
	if (taken.has(id)) return 204
	const { type, subject, data } = JSON.parse(body.toString())
	// The data is the whole order after its transition, so an event that comes after a later one has nothing new. A test
	// event has no version.
	const { version = 0 } = data
	const isLate = version > 0 && version <= (versions.get(subject) ?? 0)
	if (!isLate) versions.set(subject, version)
	console.log(`${type} ${subject} version ${version}${isLate ? ', late: ignored' : ''}`)
	taken.add(id)
	return 204
}

const server = createServer((request, response) => {
	receive(request).then(
		(status) => response.writeHead(status).end(),
		() => response.destroy(),
	)
})
server.listen(Number(port), '127.0.0.1', () => console.log(`port ${(server.address() as AddressInfo).port}`))
