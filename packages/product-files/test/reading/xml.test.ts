import { describe, expect, test } from 'vitest'
import type { RecordOptions } from '../../src/reading/open-records.ts'
import { outcomes, readContent } from './read-content.ts'

/** The values of the records of a document. */
async function valuesOf(xml: string, options: RecordOptions = {}) {
	const { records, error } = await readContent(xml, options)
	expect(error).toBeUndefined()
	return records.map((record) => ('values' in record ? Object.fromEntries(record.values) : record.rule))
}

describe('The records of XML', () => {
	test('are the items of RSS', async () => {
		const { file, records } = await readContent(`<?xml version="1.0"?>
			<rss version="2.0" xmlns:g="http://base.google.com/ns/1.0"><channel>
				<title>Shop</title><image><url>x</url></image>
				<item><g:id>A</g:id><title>Mug &amp; cup</title></item>
				<item><g:id>B</g:id></item>
			</channel></rss>`)
		expect(file).toMatchObject({ kind: 'xml', lineName: 'element', columns: ['g:id', 'title'] })
		expect(outcomes(records)).toEqual([
			[1, 'A', 'Mug & cup'],
			[2, 'B'],
		])
	})

	test.each([
		[
			'the entries of Atom',
			'<feed xmlns="http://www.w3.org/2005/Atom"><author><name>x</name></author><entry><id>A</id></entry></feed>',
		],
		['the items of RSS 1.0', '<rdf:RDF><channel><title>x</title></channel><item><id>A</id></item></rdf:RDF>'],
		['the children of the root', '<products><title>x</title><product><id>A</id></product></products>'],
		['the children of its only element', '<e><products><product><id>A</id></product></products></e>'],
		['the item of RSS, even if it is alone', '<rss><channel><title>x</title><item><id>A</id></item></channel></rss>'],
	])('are %s', async (_, xml) => {
		expect(await valuesOf(xml)).toEqual([{ id: 'A' }])
	})

	test('are the outermost elements that repeat and have elements', async () => {
		const xml = `<yml_catalog><shop><name>x</name>
			<categories><category id="1" parentId="0">a</category><category id="2" parentId="1">b</category></categories>
			<offers><offer id="A"><price>1</price></offer><offer id="B"><price>2</price></offer></offers>
			</shop></yml_catalog>`
		expect(await valuesOf(xml)).toEqual([
			{ '@id': 'A', price: '1' },
			{ '@id': 'B', price: '2' },
		])
	})

	test('are the products, however much stands before them', async () => {
		const categories = Array.from({ length: 2_000 }, (_, id) => `<category id="${id}" parentId="0">Garden</category>`)
		const offers = '<offers><offer id="A"><price>1</price></offer><offer id="B"><price>2</price></offer></offers>'
		const yml = `<yml_catalog><shop><categories>${categories.join('')}</categories>${offers}</shop></yml_catalog>`
		expect(yml.length).toBeGreaterThan(64 * 1024)
		expect(await valuesOf(yml)).toEqual([
			{ '@id': 'A', price: '1' },
			{ '@id': 'B', price: '2' },
		])
	})

	test.each([
		['product', '<catalog><header><name>x</name></header>', '</catalog>'],
		['SHOPITEM', '<SHOP>', '</SHOP>'],
		['x:Article', '<x:Catalog><x:Groups><g><a/></g><g><a/></g></x:Groups>', '</x:Catalog>'],
		['item', '<goods><group><id>1</id></group>', '</goods>'],
		['product', '<export><categories><item><n>a</n></item><item><n>b</n></item></categories><p>', '</p></export>'],
	])('have the name %s, also if there is only one, with two images', async (name, before, after) => {
		const images = '<image><url>1</url></image><image><url>2</url></image>'
		expect(await valuesOf(`${before}<${name}><id>A</id>${images}</${name}>${after}`)).toEqual([
			{ id: 'A', 'image/url': ['1', '2'] },
		])
	})

	test('are not the parts of a product that have the name of a product', async () => {
		const parts = '<parts><item><id>1</id></item><item><id>2</id></item></parts>'
		for (const name of ['product', 'good']) {
			const one = `<${name}><id>A</id>${parts}</${name}>`
			expect(await valuesOf(`<catalog>${one}${one}</catalog>`)).toHaveLength(2)
		}
	})

	test('are the products, also if the first one is larger than a block', async () => {
		const long = 'x'.repeat(70_000)
		const [first, second] = await valuesOf(
			`<goods><good><id>A</id><image>1</image><image>2</image><text>${long}</text></good><good><id>B</id></good></goods>`,
		)
		expect([first, second]).toMatchObject([{ id: 'A', text: long }, { id: 'B' }])
	})

	test('are found at once where every element has another name', async () => {
		const deep = 90
		const names = Array.from({ length: 200_000 }, (_, at) => `<n${at} a=""/>`).join('')
		const xml = `<r>${'<a>'.repeat(deep)}${names}${'</a>'.repeat(deep)}</r>`
		expect(await valuesOf(xml, { wanted: ['b'] })).toEqual(['TOO_LONG'])
	})

	test('are the elements that have the columns of the user', async () => {
		const images = '<image><url>1</url></image><image><url>2</url></image>'
		const xml = `<export><goods><good><Nr art="x">A</Nr>${images}</good></goods></export>`
		expect(await valuesOf(xml, { wanted: ['Nr', 'image/url', 'Nr@art'] })).toMatchObject([{ Nr: 'A' }])
		expect(await valuesOf(xml, { wanted: ['url'] })).toEqual([{ url: '1' }, { url: '2' }])
	})

	test('may have attributes only', async () => {
		expect(await valuesOf('<p><product sku="A" price="1"/><product sku="B" price="2"/></p>')).toEqual([
			{ '@sku': 'A', '@price': '1' },
			{ '@sku': 'B', '@price': '2' },
		])
	})
})

describe('A record of XML', () => {
	test('has trimmed texts by the names of their elements, nested names, attributes, and lists of what repeats', async () => {
		const record = `<product>
			<sku>
				A
			</sku>
			<price currency="EUR">1.50</price>
			<image>https://a.example/1.jpg</image><image>https://a.example/2.jpg</image>
			<shipping><country>US</country><price>5</price></shipping>
			<description><![CDATA[<b>Bold</b>]]> &amp; more</description>
			<brand/>
		</product>`
		expect(await valuesOf(`<products>${record}${record}</products>`)).toEqual(
			Array(2).fill({
				sku: 'A',
				price: '1.50',
				'price@currency': 'EUR',
				image: ['https://a.example/1.jpg', 'https://a.example/2.jpg'],
				'shipping/country': 'US',
				'shipping/price': '5',
				description: '<b>Bold</b> & more',
				brand: '',
			}),
		)
	})

	test('has an & that begins no reference, and the characters that HTML has names for', async () => {
		const texts = [
			['https://a.example/1.jpg?v=1&width=1', 'https://a.example/1.jpg?v=1&width=1'],
			['a & b &amp; c && d&', 'a & b & c && d&'],
			['&eacute;&nbsp;&euro;&#65;&#x42;&LT;b&gt;', 'é\u00a0€AB<b>'],
			['<![CDATA[a & b &nbsp; &amp;]]>', 'a & b &nbsp; &amp;'],
			['<!-- <![CDATA[ & -->a & b', 'a & b'],
		]
		for (const [written, read] of texts) {
			expect(await valuesOf(`<p><r><a>${written}</a></r><r><a>1</a></r></p>`)).toEqual([{ a: read }, { a: '1' }])
		}
		expect(await valuesOf('<p><r a="1&b=2" c="&eacute;"/><r a="3" c="4"/></p>')).toMatchObject([
			{ '@a': '1&b=2', '@c': 'é' },
			{},
		])
	})

	test('may have a reference where a block ends', async () => {
		const written = '&eacute;& '.repeat(20_000)
		expect(await valuesOf(`<p><r><a>${written}</a></r><r><a>1</a></r></p>`)).toEqual([
			{ a: 'é& '.repeat(20_000).trim() },
			{ a: '1' },
		])
	})

	test('keeps a text that has elements in it whole', async () => {
		const [values] = await valuesOf('<p><r><id>A</id><text>a <b>bold</b> word</text></r></p>')
		expect(values).toMatchObject({ text: 'a bold word' })
	})

	test('of more than 1 MB fails, and reading goes on at the next one', async () => {
		const long = 'x'.repeat(1024 * 1024)
		expect(await valuesOf(`<p><r><a>1</a></r><r><a>2</a><b>${long}</b></r><r><a>3</a></r></p>`)).toEqual([
			{ a: '1' },
			'TOO_LONG',
			{ a: '3' },
		])
	})
})

describe('XML that is refused', () => {
	test.each([
		['<p><r><a>1</a></r><r><a>2', 'NOT_COMPLETE', 'the file ends before the end of its XML'],
		['<p><r><a>1</a></r><r><a>2 & 3&n', 'NOT_COMPLETE', 'the file ends before the end of its XML'],
		['<p><r><a>1</a></r>', 'NOT_COMPLETE', 'the file ends before the end of its XML'],
		['<p><r><a>1</a></r><r', 'NOT_COMPLETE', 'the file ends before the end of its XML'],
		['<p><r><a>1</a></r>\n<r><a>2</b></r></p>', 'NOT_XML', 'line 2: not XML: unexpected close tag'],
		['<p><r><a>1</a></r>\n\n<r><a>&nobody;</a></r></p>', 'NOT_XML', 'line 3: not XML: undefined entity'],
		[`<p><r><a>1</a></r><r>${'<a>'.repeat(200)}`, 'TOO_DEEP', 'line 1: more than 100 elements are open'],
	])('after its first record: %s', async (xml, code, message) => {
		const { records, error } = await readContent(xml)
		expect(outcomes(records)).toEqual([[1, '1']])
		expect(error).toEqual({ code, message: expect.stringContaining(message) })
	})

	test('has no tag for very long', async () => {
		const { error } = await readContent(`<p><r><a>${'x'.repeat(5 * 1024 * 1024)}</a></r></p>`)
		expect(error).toEqual({ code: 'NOT_XML', message: expect.stringContaining('there is no tag in') })
	})
})
