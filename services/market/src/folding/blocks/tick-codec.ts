import { codeOf, verdictOf } from '../../checking/verdict.ts'
import { createByteReader } from './byte-reader.ts'
import { type ByteWriter, createByteWriter } from './byte-writer.ts'
import type { JudgedTick } from './judged-tick.ts'

const version = 1
const usualBytesOfTick = 24

/** Packs ticks. No sku and no currency may contain a line break. */
export function encodeTicks(ticks: readonly JudgedTick[]): Uint8Array {
	const writer = createByteWriter(64 + ticks.length * usualBytesOfTick)
	const skus = numbered(ticks, ({ sku }) => sku)
	const currencies = numbered(ticks, ({ currency }) => currency)
	writer.writeNumber(version)
	writer.writeNumber(ticks.length)
	writer.writeText([...skus.keys()].join('\n'))
	writer.writeText([...currencies.keys()].join('\n'))
	let seq = 0
	let atMs = 0
	for (const tick of ticks) {
		writer.writeNumber(skus.get(tick.sku) as number)
		writer.writeNumber(currencies.get(tick.currency) as number)
		writer.writeNumber(codeOf(tick.verdict))
		writeOptional(writer, tick.amountMinor)
		writeOptional(writer, tick.available)
		writer.writeSigned(tick.seq - seq)
		seq = tick.seq
		// A bad tick has no time. It is written with that of the tick before.
		const time = Number.isNaN(tick.atMs) ? atMs : tick.atMs
		writer.writeSigned(time - atMs)
		atMs = time
	}
	writer.writeText(figuresText(ticks))
	return writer.written()
}

/** Unpacks ticks. A bad tick has no amount and no time. */
export function decodeTicks(bytes: Uint8Array): JudgedTick[] {
	const reader = createByteReader(bytes)
	const found = reader.readNumber()
	if (found !== version) throw new RangeError(`ticks are stored in the unknown form ${found}`)
	const count = reader.readNumber()
	const skus = reader.readText().split('\n')
	const currencies = reader.readText().split('\n')
	const ticks: JudgedTick[] = []
	let seq = 0
	let atMs = 0
	for (let index = 0; index < count; index++) {
		const sku = skus[reader.readNumber()] as string
		const currency = currencies[reader.readNumber()] as string
		const verdict = verdictOf(reader.readNumber())
		const amount = reader.readNumber()
		const available = reader.readNumber()
		seq += reader.readSigned()
		atMs += reader.readSigned()
		ticks.push({
			sku,
			amountMinor: amount === 0 ? Number.NaN : amount - 1,
			currency,
			available: available === 0 ? undefined : available - 1,
			atMs: amount === 0 ? Number.NaN : atMs,
			seq,
			verdict,
		})
	}
	addFigures(ticks, reader.readText())
	return ticks
}

function numbered(ticks: readonly JudgedTick[], textOf: (tick: JudgedTick) => string): Map<string, number> {
	const numbers = new Map<string, number>()
	for (const tick of ticks) {
		const text = textOf(tick)
		if (!numbers.has(text)) numbers.set(text, numbers.size)
	}
	return numbers
}

function writeOptional(writer: ByteWriter, value: number | undefined): void {
	writer.writeNumber(value === undefined || Number.isNaN(value) ? 0 : value + 1)
}

/** The figures of held prices with the places of their ticks; empty when there are none. */
function figuresText(ticks: readonly JudgedTick[]): string {
	const figures = ticks.flatMap(({ verdict }, index) =>
		verdict.kind === 'hold' && Object.keys(verdict.figures).length > 0 ? [[index, verdict.figures]] : [],
	)
	return figures.length === 0 ? '' : JSON.stringify(figures)
}

function addFigures(ticks: JudgedTick[], text: string): void {
	if (text === '') return
	for (const [index, figures] of JSON.parse(text) as [number, Record<string, number>][]) {
		const tick = ticks[index] as JudgedTick
		tick.verdict = verdictOf(codeOf(tick.verdict), figures)
	}
}
