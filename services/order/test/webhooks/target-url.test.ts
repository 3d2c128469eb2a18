import { expect, test } from 'vitest'
import { targetUrlRefusal } from '../../src/webhooks/target-url.ts'

const guarded = { mayBePrivate: false }
const open = { mayBePrivate: true }

test.each([
	'https://shop.example/events?of=orders',
	'http://shop.example:8080',
	'https://shop.example:1/',
	'HTTPS://Shop.Example/',
	'https://bücher.example/ü',
	'https://8.8.8.8/',
	'https://[2001:4860:4860::8888]:8443/',
	'https://localhost.example/',
	`https://shop.example/${'x'.repeat(2000 - 'https://shop.example/'.length)}`,
])('%s can become a webhook', (url) => {
	expect(targetUrlRefusal(url, guarded)).toBeUndefined()
})

test.each([
	['', 'must be an http: or https: URL'],
	['shop.example/events', 'must be an http: or https: URL'],
	['/events', 'must be an http: or https: URL'],
	['ftp://shop.example/', 'must be an http: or https: URL'],
	['file:///etc/passwd', 'must be an http: or https: URL'],
	['javascript:alert(1)', 'must be an http: or https: URL'],
	['https:shop.example', 'must be an http: or https: URL'],
	['https://', 'must be an http: or https: URL'],
	['https://shop.example:99999/', 'must be an http: or https: URL'],
	[' https://shop.example/', 'must be an http: or https: URL'],
	['https://shop.example/a b', 'must be an http: or https: URL'],
	['https://shop.example/\n', 'must be an http: or https: URL'],
	['https://shop.example/\0', 'must be an http: or https: URL'],
	['https://shop.example/\uD800', 'must be an http: or https: URL'],
	['https://alice@shop.example/', 'must not contain a user or a password'],
	['https://:secret@shop.example/', 'must not contain a user or a password'],
	['https://shop.example:0/', 'must not have the port 0'],
	['http://8.8.8.8:00/', 'must not have the port 0'],
	['https://shop.example/#part', 'must not have a fragment'],
	['https://shop.example/#', 'must not have a fragment'],
	[`https://shop.example/${'x'.repeat(1980)}`, 'must have at most 2000 characters'],
])('%j is refused, even where private addresses are permitted', (url, refusal) => {
	expect(targetUrlRefusal(url, open)).toBe(refusal)
	expect(targetUrlRefusal(url, guarded)).toBe(refusal)
})

test.each([
	['http://127.0.0.1:8080/', 'loopback'],
	['http://0x7f.1/', 'loopback'],
	['http://2130706433/', 'loopback'],
	['http://127.0.0.1./', 'loopback'],
	['http://[::1]/', 'loopback'],
	['http://[::ffff:127.0.0.1]/', 'IPv4 in IPv6'],
	['https://10.1.2.3/', 'private'],
	['https://169.254.169.254/latest/meta-data', 'link-local'],
	['http://localhost:3000/', 'loopback'],
	['http://LOCALHOST./', 'loopback'],
	['http://shop.localhost/', 'loopback'],
])('%s is refused unless private addresses are permitted', (url, range) => {
	expect(targetUrlRefusal(url, guarded)).toBe(`must not have a private address (${range})`)
	expect(targetUrlRefusal(url, open)).toBeUndefined()
})
