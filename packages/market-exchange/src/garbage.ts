import { wholeFrom } from './random.ts'

const texts = [
	'',
	'pong',
	'{"seq":',
	'[1,2,3]',
	'null',
	'{"type":"heartbeat"}',
	'{"seq":"seven","ticks":[]}',
	'{"seq":-1,"ticks":[]}',
	'<html><body>503 Service Unavailable</body></html>',
	`{"ticks":[{"sku":"${'X'.repeat(200)}"}]}`,
	'\u0000\ufffd',
]

const ticks = [
	null,
	'SIM-00001',
	{ sku: 'SIM-00001' },
	{ sku: 'not a sku', price: 1, currency: 'EUR', at: 0 },
	{ sku: 'SIM-00001', price: -1, currency: 'EUR', at: 0 },
	{ sku: 'SIM-00001', price: 12.5, currency: 'EUR', at: 0 },
	{ sku: 'SIM-00001', price: '1,290.00', currency: 'EUR', at: 0 },
	{ sku: 'SIM-00001', price: 1290, currency: 'EURO', at: 0 },
	{ sku: 'SIM-00001', price: 1290, currency: 'EUR', available: -5, at: 0 },
	{ sku: 'SIM-00001', price: 1290, currency: 'EUR', at: 'yesterday' },
]

/** A text that is no message of a source. It takes no number of the sequence. */
export function garbageText(random: () => number): string {
	return texts[wholeFrom(random, texts.length)] as string
}

/** Something in the place of a tick. */
export function garbageTick(random: () => number): unknown {
	return ticks[wholeFrom(random, ticks.length)]
}
