import { expect, test } from 'vitest'
import { orderIdFault } from '../src/page/ids/id-fault.js'
import { readQuestion } from '../src/page/screens/why/question.js'

const order = '52e1930b-af61-50c9-b8a4-1e836388d3c5'
const trace = '0af7651916cd43dd8448eb211c80319c'
const faultOf = (text: string, customer = '') => {
	const read = readQuestion(text, customer)
	return read !== undefined && 'fault' in read ? read.fault : read
}

test.each([
	[`  ${order.toUpperCase()} `, { order }],
	[`Order ${order}, please.`, { order }],
	[`https://shop.example/v1/orders/${order}/pay`, { order }],
	[trace, { trace }],
	[`00-${trace}-00f067aa0ba902b7-01`, { trace }],
	[`Something went wrong (trace ${trace}). Try later.`, { trace }],
	[`{"status":409,"instance":"/v1/orders/${order}/pay","traceId":"${trace}"}`, { trace }],
])('the id is found in %s', (text, question) => {
	expect(readQuestion(text, '')).toEqual(question)
})

test('with a customer a text is a key, whatever it looks like', () => {
	expect(readQuestion(order, 'ada')).toEqual({ key: order, customerId: 'ada' })
	expect(readQuestion('"basket-17"', 'ada')).toEqual({ key: 'basket-17', customerId: 'ada' })
	expect(readQuestion(`the order ${order}`, 'ada')).toEqual({ order })
})

test.each([
	[trace.slice(1), /^A trace id has 32 digits, this has 31\./],
	[`trace ${trace}0.`, /^A trace id has 32 digits, this has 33\./],
	[`00-${trace.slice(1)}-00f067aa0ba902b7-01`, /^A trace id has 32 digits, this has 31\./],
	[order.slice(1), /^An order id has 36 characters, this has 35\b/],
	[order.slice(0, -1), /^An order id has 36 characters, this has 35\b/],
	[order.replace('-', ''), /^An order id has 36 characters, this has 35\b/],
	[order.replace('e', 'o'), /^An order id has only the digits 0 to 9, the letters a to f/],
	[order.slice(0, 8), /^An order id has 36 characters, this has 8: copy the whole id/],
	['where is my order', /^There is no id in this text/],
	['basket-17', /^A key belongs to a customer/],
	['PARCEL-123', /^A key belongs to a customer/],
	['00340434161094042557', /^A key belongs to a customer/],
])('%s is told apart from an id', (text, fault) => {
	expect(faultOf(text)).toMatch(fault)
})

test('a key with spaces is no key', () => {
	expect(faultOf('basket 17', 'ada')).toMatch(/^An idempotency key has no spaces/)
})

test('an order id that is not whole says what is missing', () => {
	expect(orderIdFault(order)).toBeUndefined()
	expect(orderIdFault('52e1930b')).toMatch(/^An order id has 36 characters, this has 8/)
	expect(orderIdFault('4711')).toMatch(/^An order id has 36 characters, this has 4/)
})
