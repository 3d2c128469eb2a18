import type { ServiceDefinition } from '@grpc/grpc-js'
import { invalidRequest } from './errors.ts'

// The largest that any rule allows is a product of 290 KB; an order that was batched with 255 others has 188 KB.
const largestRequestKb = 320

const tooLarge = Symbol('a request that is too large to be read')

/**
 * The same service, where a unary request that is too large is not decoded; {@link checkSize} refuses it. The
 * server's own limit is for messages of any kind, also those of an import, and answers without details.
 */
export function limitUnaryRequests<Service extends ServiceDefinition>(service: Service): Service {
	const methods = Object.entries(service).map(([name, method]) => {
		if (method.requestStream) return [name, method]
		const requestDeserialize = (bytes: Buffer) =>
			bytes.length > largestRequestKb * 1024 ? tooLarge : method.requestDeserialize(bytes)
		return [name, { ...method, requestDeserialize }]
	})
	return Object.fromEntries(methods)
}

/** @throws CatalogError INVALID_REQUEST when the request was too large to be read */
export function checkSize(request: unknown): void {
	if (request !== tooLarge) return
	throw invalidRequest([{ field: '', description: `the request must have at most ${largestRequestKb} KB` }])
}
