import type { MessagePort } from 'node:worker_threads'
import type { ImportSettings } from '@mercat/catalog-api/import-request'
import type { ProductUpsert } from '@mercat/catalog-api/messages/ProductUpsert'
import type { ProductFile, ProductFileOptions } from '@mercat/product-files/product-file'
import type { ProductFileError } from '@mercat/product-files/product-file-error'

export type ParseOptions = ProductFileOptions &
	ImportSettings & {
		/** `check` reads the whole file and gives no requests. `apply` gives the requests of `ImportProducts`. */
		mode: 'check' | 'apply'
		/** How many streams carry the rows. All rows of one sku come in one lane, in the order of the file. */
		lanes?: number
		/** Keeps the skus of the file, also those of refused rows, for `missingOf`. A file with more rows is refused. */
		collectSkus?: { mostRows: number }
		/** How many products of the beginning of the file the summary shows. */
		samples?: number
	}

/** What a file is. */
export type FileFacts = Pick<ProductFile, 'format' | 'kind' | 'encoding' | 'delimiter' | 'lineName' | 'ignoredColumns'>

/** One request of a lane. */
export type ParsedBatch = {
	lane: number
	/** An encoded `ImportProductsRequest`. */
	request: Uint8Array<ArrayBuffer>
	rows: number
	/** How much of the file was read when its last row was there. */
	bytesRead: number
}

/** A row of the file that no request has. */
export type RowProblem = { line: number; sku?: string | undefined; rule: string; problem: string }

export type ParseSummary = {
	/** Rows that were read: those of the requests and the refused ones. */
	records: number
	refused: number
	bytes: number
	samples: ProductUpsert[]
}

/** What a ProductFileError tells. Errors that go to another thread lose their class. */
export type FileFault = Pick<ProductFileError, 'code' | 'message'>

/** The work of a parser. It answers on the port, and ends when the port is closed. */
export type ParseJob = { path: string; options: ParseOptions; port: MessagePort }

export type ToParser =
	/** Problems were told. */
	| { kind: 'told' }
	/** The catalog has answered a request, and its memory can be used again. */
	| { kind: 'answered'; buffer: ArrayBuffer }
	/** Ends the reading. The rows that were read still come. */
	| { kind: 'stop' }
	| { kind: 'missingOf'; id: number; skus: string[] }

/** Batches and problems are sent only while the other side keeps up, so that they do not fill the memory. */
export type FromParser =
	| { kind: 'opened'; facts: FileFacts }
	| { kind: 'batch'; batch: ParsedBatch }
	| { kind: 'problems'; problems: RowProblem[]; bytesRead: number }
	| { kind: 'ended'; summary: ParseSummary }
	/** The rest of the file cannot be read. */
	| { kind: 'failed'; fault: FileFault; summary: ParseSummary }
	/** The file is not to blame. */
	| { kind: 'crashed'; error: Error }
	| { kind: 'missing'; id: number; skus: string[] }
