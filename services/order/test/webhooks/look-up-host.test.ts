import type { HostAddress } from '@mercat/service/host-address'
import { createLookUpHost, type LookUpHostOptions } from '@mercat/service/look-up-host'
import { eventually } from '@mercat/testing/eventually'
import { expect, test } from 'vitest'

const found: HostAddress[] = [{ address: '192.0.2.1', family: 4 }]

/** Look-ups of a system that answers when the test says so. */
function openLookUps(options: LookUpHostOptions) {
	const underWay = new Map<string, PromiseWithResolvers<HostAddress[]>>()
	function lookUp(host: string): Promise<HostAddress[]> {
		const answer = Promise.withResolvers<HostAddress[]>()
		underWay.set(host, answer)
		return answer.promise.finally(() => underWay.delete(host))
	}
	const ask = createLookUpHost({ lookUp }, options)
	const begun = (host: string) => eventually(() => expect([...underWay.keys()]).toContain(host))
	return {
		ask,
		begun,
		underWay: () => [...underWay.keys()],
		answer: (host: string) => underWay.get(host)?.resolve(found),
		/** Looks the name up once. */
		async once(host: string): Promise<void> {
			const answer = ask(host)
			await begun(host)
			underWay.get(host)?.resolve(found)
			await answer
		},
	}
}

test('the look-ups of slow names wait for each other, and other names do not wait for them', async () => {
	const names = openLookUps({ slowMs: 0 })
	for (const host of ['slow-1', 'slow-2', 'slow-3']) await names.once(host)
	const slow = ['slow-1', 'slow-2', 'slow-3'].map(names.ask)
	await names.once('new')
	expect(names.underWay()).toEqual(['slow-1'])
	for (const host of ['slow-1', 'slow-2', 'slow-3']) {
		await names.begun(host)
		expect(names.underWay()).toEqual([host])
		names.answer(host)
	}
	expect(await Promise.all(slow)).toEqual([found, found, found])
})

test('a look-up that fails keeps no other one from its turn', async () => {
	const asked: string[] = []
	const lookUp = async (host: string) => {
		asked.push(host)
		if (host === 'unknown') throw new Error('the name is unknown')
		return found
	}
	const ask = createLookUpHost({ lookUp })
	const [unknown, known] = [ask('unknown'), ask('known')]
	await expect(unknown).rejects.toThrow('the name is unknown')
	expect(await known).toEqual(found)
	expect(asked).toEqual(['unknown', 'known'])
})

test('a look-up that waits for longer than an attempt lasts is given up, and may be asked for again', async () => {
	const names = openLookUps({ mostWaitMs: 50 })
	const first = names.ask('first')
	await names.begun('first')
	await expect(names.ask('second')).rejects.toThrow('waited too long')
	const again = names.ask('second')
	names.answer('first')
	await names.begun('second')
	names.answer('second')
	expect(await Promise.all([first, again])).toEqual([found, found])
})

test('look-ups of one name at a time are one, and the system answers them', async () => {
	const lookUp = createLookUpHost()
	const asked = lookUp('localhost')
	expect(lookUp('localhost')).toBe(asked)
	expect((await asked).map(({ address }) => address)).toContain('127.0.0.1')
	const later = lookUp('localhost')
	expect(later).not.toBe(asked)
	await later
})
