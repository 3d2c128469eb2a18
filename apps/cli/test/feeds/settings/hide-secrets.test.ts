import { expect, test } from 'vitest'
import { createHideSecrets } from '../../../src/feeds/settings/hide-secrets.ts'
import { testFeed } from '../test-feed.ts'

const authorization = 'Bearer TopSecret+Token/0123456789'

test.each([
	['a header', `unknown column ${authorization}`, 'unknown column …'],
	['its value without the scheme', 'price must not be "TopSecret+Token/0123456789"', 'price must not be "…"'],
	['another case, as in the name of a host', 'no host nosuch-topsecret+token/0123456789', 'no host nosuch-…'],
	['the form of a sku', 'sku acme-TopSecret-Token-0123456789', 'sku acme-…'],
	['a text that was cut off', 'must not be "TopSecret+Token/0"', 'must not be "…"'],
	['the query of the URL', 'no file ?format=csv&key=a%20b%2Fsecret&page=prod', 'no file …'],
	['a value of the query as it was sent', 'column a%20b%2Fsecret', 'column …'],
	['a value of the query decoded', 'column a b/secret', 'column …'],
	['a short value that stands alone', 'page=prod, 3 products', 'page=…, 3 products'],
])('a credential is hidden in %s', (_name, text, shown) => {
	const feed = testFeed('https://a.example/feed.csv?format=csv&key=a%20b%2Fsecret&page=prod', {
		headers: { authorization },
	})
	expect(createHideSecrets(feed)(text)).toBe(shown)
})

test('user and password of Basic authentication are hidden decoded, too', () => {
	const headers = { authorization: `Basic ${Buffer.from('me:pass:word1').toString('base64')}` }
	const hide = createHideSecrets(testFeed('https://a.example/', { headers }))
	expect(hide('no user me:pass:word1, or pass:word1 is wrong')).toBe('no user …, or … is wrong')
})

test('the path of an address from the environment is hidden, and its host is not', () => {
	const url = 'https://a.example/key-of-me/feed.csv?x=1'
	const text = `https://a.example:443/key-of-me/feed.csv?x=1 of ${url}`
	expect(createHideSecrets(testFeed(url, { urlIsSecret: true }))(text)).toBe(
		'https://a.example:443… of https://a.example…',
	)
	expect(createHideSecrets(testFeed(url))(text)).toContain('/key-of-me/feed.csv')
})

test('names that the settings show openly stay, since skus begin with them', () => {
	const feed = testFeed('https://a.example/?supplier=acme&brand=north', { name: 'acme', file: { skuPrefix: 'north-' } })
	expect(createHideSecrets(feed)('north-1 of acme')).toBe('north-1 of acme')
})
