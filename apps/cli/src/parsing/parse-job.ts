import { encodeImportRequest } from '@mercat/catalog-api/import-request'
import { openProductFile } from '@mercat/product-files/open-product-file'
import { ProductFileError } from '@mercat/product-files/product-file-error'
import type { ProductRow } from '@mercat/product-files/product-row'
import { readBytes } from '@mercat/product-files/read-bytes'
import { createLaneBatches, type LaneBatch, mostRequestBytes } from './lane-batches.ts'
import type { FromParser, ParseJob, ParseSummary, RowProblem, ToParser } from './parse-messages.ts'
import { createSkuSet } from './sku-set.ts'

const mostProblems = 200
// How many requests of each lane can be on their way: enough, so that the catalog never waits for the next one.
const buffersOfLane = 2

/** Reads a file in the thread of a parser, and answers on the port of the job. */
export async function runParseJob({ path, options, port }: ParseJob): Promise<void> {
	const { mode, lanes = 4, collectSkus, samples: mostSamples = 0, source, runNumber, validateOnly } = options
	const skus = createSkuSet()
	const stopped = new AbortController()
	const closed = new AbortController()
	const summary: ParseSummary = { records: 0, refused: 0, bytes: 0, samples: [] }
	const batches = createLaneBatches(lanes)
	let problems: RowProblem[] = []
	let untold = 0
	const buffers: ArrayBuffer[] = []
	let unusedBuffers = buffersOfLane * lanes
	let wake = () => {}

	const post = (message: FromParser, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer)
	port.on('message', (message: ToParser) => {
		switch (message.kind) {
			case 'told':
				untold--
				return wake()
			case 'answered':
				buffers.push(message.buffer)
				return wake()
			case 'stop':
				return stopped.abort()
			case 'missingOf':
				return post({ kind: 'missing', id: message.id, skus: message.skus.filter((sku) => !skus.has(sku)) })
		}
	})
	port.on('close', () => {
		closed.abort()
		stopped.abort()
		wake()
	})

	async function until(isReady: () => boolean): Promise<void> {
		while (!isReady() && !closed.signal.aborted) {
			await new Promise<void>((resolve) => {
				wake = resolve
			})
		}
	}

	async function postBatch({ lane, rows }: LaneBatch): Promise<void> {
		if (mode === 'check') return
		await until(() => buffers.length + unusedBuffers > 0)
		const buffer = buffers.pop() ?? newBuffer()
		const request = encodeImportRequest(rows, { source, runNumber, validateOnly }, buffer)
		post({ kind: 'batch', batch: { lane, request, rows: rows.length, bytesRead: summary.bytes } }, [buffer])
	}

	function newBuffer(): ArrayBuffer {
		unusedBuffers--
		return new ArrayBuffer(mostRequestBytes)
	}

	async function postProblems(): Promise<void> {
		if (problems.length === 0) return
		await until(() => untold < lanes)
		untold++
		post({ kind: 'problems', problems, bytesRead: summary.bytes })
		problems = []
	}

	function refuse(problem: RowProblem): void {
		summary.refused++
		problems.push(problem)
	}

	function collect(sku: string | undefined, { mostRows }: { mostRows: number }): void {
		if (sku !== undefined) skus.add(sku)
		if (summary.records > mostRows)
			throw new ProductFileError('TOO_MANY_ROWS', `the file has more than ${mostRows.toLocaleString('en')} rows`)
	}

	function take(row: ProductRow): LaneBatch | undefined {
		summary.records++
		const sku = 'upsert' in row ? row.upsert.product?.sku : row.sku
		if (collectSkus !== undefined) collect(sku, collectSkus)
		if ('problem' in row) {
			refuse({ line: row.line, sku: row.sku, rule: row.rule, problem: row.problem })
			return undefined
		}
		const added = batches.add(row.upsert)
		if ('problem' in added) {
			refuse({ line: row.line, sku, rule: 'ROW_TOO_LONG', problem: added.problem })
			return undefined
		}
		if (summary.samples.length < mostSamples) summary.samples.push(row.upsert)
		return added.full
	}

	async function readRows(): Promise<void> {
		const onRead = (bytes: number) => {
			summary.bytes = bytes
		}
		const bytes = readBytes(path, { onRead, signal: stopped.signal })
		const { rows, format, kind, encoding, delimiter, lineName, ignoredColumns } = await openProductFile(bytes, options)
		post({ kind: 'opened', facts: { format, kind, encoding, delimiter, lineName, ignoredColumns } })
		for await (const row of rows) {
			if (stopped.signal.aborted) break
			const full = take(row)
			if (full !== undefined) await postBatch(full)
			if (problems.length >= mostProblems) await postProblems()
		}
	}

	let fault: unknown
	try {
		await readRows()
	} catch (error) {
		// A stop ends the read of a pipe with an error.
		if (!stopped.signal.aborted) fault = error
	}
	await postProblems()
	for (const batch of batches.rest()) await postBatch(batch)
	if (fault === undefined) post({ kind: 'ended', summary })
	else if (fault instanceof ProductFileError)
		post({ kind: 'failed', fault: { code: fault.code, message: fault.message }, summary })
	else post({ kind: 'crashed', error: fault as Error })
}
