import { storableText } from './storable-text.ts'

/** The body of an answer, as a stream. */
export type AnswerBody = AsyncIterable<Uint8Array> & {
	destroy(): unknown
	on(event: 'error', listener: () => void): unknown
}

const mostBytes = 1024
const patienceMs = 1_000

/**
 * The first kilobyte of a body; undefined when there is none. A longer body, and one that does not end within a second,
 * is destroyed with its connection. A body that breaks off gives its beginning, because the status has decided already.
 */
export async function readAnswer(body: AnswerBody): Promise<string | undefined> {
	const bytes = await readStart(body)
	if (bytes.length === 0) return undefined
	// As part of a stream, because the last character may be cut.
	const text = new TextDecoder().decode(bytes.subarray(0, mostBytes), { stream: true })
	return storableText(text, mostBytes)
}

async function readStart(body: AnswerBody): Promise<Buffer> {
	const chunks: Uint8Array[] = []
	let length = 0
	// A destroyed body reports an error.
	body.on('error', () => {})
	const timer = setTimeout(() => body.destroy(), patienceMs)
	try {
		// Leaving the loop destroys the body.
		for await (const chunk of body) {
			chunks.push(chunk)
			length += chunk.length
			if (length > mostBytes) break
		}
	} catch {
		// The beginning counts.
	} finally {
		clearTimeout(timer)
	}
	return Buffer.concat(chunks)
}
