import { expect, test } from 'vitest'
import { pause } from '../src/page/api/pause.js'

/** A signal that counts its listeners. */
function countedSignal(controller: AbortController) {
	const { signal } = controller
	let listeners = 0
	const add = signal.addEventListener.bind(signal)
	const remove = signal.removeEventListener.bind(signal)
	signal.addEventListener = (...given: Parameters<typeof add>) => {
		listeners++
		add(...given)
	}
	signal.removeEventListener = (...given: Parameters<typeof remove>) => {
		listeners--
		remove(...given)
	}
	return { signal, listeners: () => listeners }
}

test('a pause that is over leaves no listener at its signal', async () => {
	const { signal, listeners } = countedSignal(new AbortController())
	const isOver = pause(1, signal)
	expect(listeners()).toBe(1)
	await isOver
	expect(listeners()).toBe(0)
})

test('a pause ends as soon as its signal aborts, also when that was before', async () => {
	const controller = new AbortController()
	const isOver = pause(600_000, controller.signal)
	controller.abort()
	await isOver
	await pause(600_000, controller.signal)
})
