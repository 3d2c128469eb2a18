import type { FileRow } from './file-row.ts'
import { parseJsonRow } from './parse-json-row.ts'
import { createRowBytes } from './row-bytes.ts'

/** Reads one JSON value from each line. Blank lines are skipped. */
export async function* readNdjson(bytes: AsyncIterable<Buffer>): AsyncGenerator<FileRow> {
	let rowNumber = 0
	for await (const line of splitLines(bytes)) {
		rowNumber++
		const row = parseJsonRow(line)
		if (row !== undefined) yield { rowNumber, ...row }
	}
}

async function* splitLines(bytes: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
	const line = createRowBytes()
	for await (const chunk of bytes) {
		let start = 0
		for (let end = chunk.indexOf('\n'); end !== -1; end = chunk.indexOf('\n', start)) {
			line.add(chunk.subarray(start, end))
			yield line.take()
			start = end + 1
		}
		line.add(chunk.subarray(start))
	}
	yield line.take()
}
