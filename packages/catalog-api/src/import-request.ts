import { fileURLToPath } from 'node:url'
import protobuf from 'protobufjs'
import type { ProductUpsert } from './generated/mercat/catalog/v1/ProductUpsert.ts'
import { catalogProto, protoFolder } from './proto/proto-files.ts'

/** What a request of `ImportProducts` says beside its rows. */
export type ImportSettings = {
	/** The source of the rows. Without it they are the shop's own. */
	source?: string
	/** The run of the feed with the name of the source. */
	runNumber?: number
	/** The catalog answers as if the rows had been applied, and changes nothing. */
	validateOnly?: boolean
}

const root = new protobuf.Root()
root.resolvePath = (_origin, target) => fileURLToPath(new URL(target, protoFolder))
root.loadSync(catalogProto.files)
const upsertType = root.lookupType('mercat.catalog.v1.ProductUpsert')
const requestType = root.lookupType('mercat.catalog.v1.ImportProductsRequest')
const upsertsTag = ((requestType.fields['upserts'] as protobuf.Field).id << 3) | 2

/**
 * Encodes one row as it stands in a request, with its tag and its length. The rows of a request and its settings are its
 * bytes, one behind the other: the length of a request is known while it grows.
 *
 * A thread that only encodes needs no gRPC for it, and an upsert is encoded as it is, without a copy and without a check.
 */
export function encodeUpsert(upsert: ProductUpsert): Uint8Array {
	const writer = upsertType.encode(upsert, protobuf.Writer.create().uint32(upsertsTag).fork())
	return writer.ldelim().finish()
}

/**
 * Puts rows of {@link encodeUpsert} together at the beginning of a buffer, and returns them as a view of it.
 *
 * @throws RangeError when the buffer is too small
 */
export function encodeImportRequest(
	upserts: readonly Uint8Array[],
	settings: ImportSettings,
	buffer: ArrayBuffer,
): Uint8Array<ArrayBuffer> {
	const whole = new Uint8Array(buffer)
	let at = 0
	for (const part of [...upserts, requestType.encode(settings).finish()]) {
		whole.set(part, at)
		at += part.length
	}
	return whole.subarray(0, at)
}
