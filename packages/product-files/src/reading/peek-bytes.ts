/** Looks at the first bytes: as many as are asked for, or all of a shorter file. They are among the `bytes` as well. */
export async function peekBytes(
	source: AsyncIterator<Uint8Array>,
	length: number,
): Promise<{ head: Uint8Array; bytes: AsyncIterable<Uint8Array> }> {
	const chunks: Uint8Array[] = []
	let read = 0
	while (read < length) {
		const next = await source.next()
		if (next.done) break
		chunks.push(next.value)
		read += next.value.length
	}
	const head = Buffer.concat(chunks)
	return { head: head.subarray(0, length), bytes: resume(head, source) }
}

async function* resume(head: Uint8Array, source: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
	yield head
	for (let next = await source.next(); !next.done; next = await source.next()) yield next.value
}
