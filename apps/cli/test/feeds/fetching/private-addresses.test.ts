import { addressRefusal } from '@mercat/service/target-address'
import { expect, test } from 'vitest'
import { openSourceFetcher } from '../../../src/feeds/fetching/open-source-fetcher.ts'
import { answer, startSource } from '../start-source.ts'
import { testFeed } from '../test-feed.ts'
import { noValidators, useFetcher } from './use-fetcher.ts'

const csv = 'sku,title,price,currency\nA,A,1,EUR\n'
const never = new AbortController().signal

test('a private address is refused, and nobody connects to it', async () => {
	await using source = await startSource(answer(csv))
	await using fetcher = useFetcher()
	expect(await fetcher.fetch(testFeed(source.origin, { allowPrivate: false }))).toMatchObject({
		outcome: 'failed',
		reason: 'the host must not be a private address (loopback), unless the feed has the setting allowPrivate',
		attempts: 1,
	})
	expect(source.requests).toEqual([])
})

test('a redirect to a private address is refused', async () => {
	await using source = await startSource((_request, response) =>
		response.writeHead(302, { location: 'http://10.0.0.1/feed' }).end(),
	)
	await using folder = useFetcher()
	// The address of the source stands for a public one.
	const refusal = (address: string) => (address === '127.0.0.1' ? undefined : addressRefusal(address))
	const targets = { resolve: async () => [], addressRefusal: refusal }
	await using fetcher = openSourceFetcher(folder.folder, {}, targets)
	expect(await fetcher.fetch(testFeed(source.origin, { allowPrivate: false }), noValidators, never)).toMatchObject({
		outcome: 'failed',
		reason: 'the host must not be a private address (private), unless the feed has the setting allowPrivate',
	})
	expect(source.requests).toHaveLength(1)
})

test('a name that leads to a private address is refused', async () => {
	await using source = await startSource(answer(csv))
	await using folder = useFetcher()
	await using fetcher = openSourceFetcher(
		folder.folder,
		{},
		{
			resolve: async () => [{ address: '127.0.0.1', family: 4 }],
			addressRefusal,
		},
	)
	const url = source.origin.replace('127.0.0.1', 'feeds.example')
	expect(await fetcher.fetch(testFeed(url, { allowPrivate: false }), noValidators, never)).toMatchObject({
		outcome: 'failed',
		reason: expect.stringContaining(
			'must not resolve to a private address (loopback), unless the feed has the setting allowPrivate',
		),
	})
	expect(source.requests).toEqual([])
})
