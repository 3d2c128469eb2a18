import type { RequestListener } from 'node:http'
import { gzipSync } from 'node:zlib'
import { answer } from './start-source.ts'

/** How a source behaves, and what a run of its feed must become. */
export type Behaviour = {
	kind: string
	count: number
	outcome: string
	reason: RegExp
	/** Answers for the feed whose products are those of `body`. */
	answer(body: string): RequestListener
}

const garbage = Buffer.from(Array.from({ length: 5_000 }, (_, n) => (n * n * 31 + (n >> 3)) % 256))
const page = '<!DOCTYPE html><html><body>We are closed for maintenance.</body></html>'

/** Sends half of a body, and ends the connection. */
function cut(headers: (body: string) => Record<string, string>): Behaviour['answer'] {
	return (body) => (_request, response) => {
		response.writeHead(200, { 'content-type': 'text/csv', ...headers(body) })
		response.write(body.slice(0, body.length / 2), () => response.destroy())
	}
}

function xml(body: string): string {
	const items = body.split('\n').slice(1, -1)
	return `<products>${items.map((row) => `<product><sku>${row.split(',')[0]}</sku></product>`).join('')}`
}

/** The bad sources of the issue's table. Slow ones answer after `wait`. */
export function badSources(wait: Promise<void>): Behaviour[] {
	const failed = (kind: string, reason: RegExp, answers: Behaviour['answer'], count = 1) => ({
		...{ kind, count, outcome: 'failed', reason, answer: answers },
	})
	return [
		{
			...{ kind: 'slow', count: 10, outcome: 'synced', reason: /^$/ },
			answer: (body) => (request, response) => void wait.then(() => answer(body)(request, response)),
		},
		failed('hanging', /did not (?:answer in time|give the feed within)/, () => () => {}, 5),
		failed('garbage', /./, () => answer(garbage, { 'content-type': 'application/octet-stream' }), 5),
		failed(
			'cut-length',
			/broke off/,
			cut((body) => ({ 'content-length': String(body.length) })),
		),
		failed(
			'cut-chunked',
			/broke off/,
			cut(() => ({})),
		),
		failed('cut-gzip', /gzip data has no end/, (body) => {
			const bytes = gzipSync(body)
			return answer(bytes.subarray(0, bytes.length / 2), { 'content-encoding': 'gzip' })
		}),
		failed('cut-xml', /./, (body) => answer(xml(body), { 'content-type': 'application/xml' })),
		failed('cut-json', /does not end with ]/, (body) => answer(`[${JSON.stringify({ sku: body.slice(30, 40) })},`)),
		failed('empty', /empty feed/, () => answer(''), 3),
		{
			...{ kind: 'no-rows', count: 2, outcome: 'stopped', reason: /no rows/ },
			answer: () => answer('sku,title,price,currency\n'),
		},
		failed('html', /HTML page/, () => answer(page, { 'content-type': 'text/html' }), 3),
		failed('html-as-csv', /HTML page/, () => answer(page), 2),
		{
			...{ kind: 'ten-times', count: 3, outcome: 'held', reason: /^$/ },
			answer: (body) => answer(body.replaceAll(/,(\d+)\.(\d)(\d),EUR/g, ',$1$2.$30,EUR')),
		},
		failed(
			'private',
			/must not be a private address/,
			() => (_request, response) => response.writeHead(302, { location: 'http://10.1.2.3/feed' }).end(),
			2,
		),
	]
}
