import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import { invalidRequest } from './errors.ts'

// The largest that any rule allows is a product of 290 KB; an order that was batched with 255 others has 188 KB.
const largestRequestKb = 320

type Method<Request, Response> = Pick<MethodDefinition<Request, Response>, 'requestDeserialize' | 'responseSerialize'>

/** A request as it came, with the method that it is for. */
export type UnaryRequest<Request, Response> = { bytes: Buffer; method: Method<Request, Response> }

/**
 * The same service, whose unary handlers are given a {@link UnaryRequest} and answer with bytes. All that a call of grpc-js
 * refers to outlives it until the whole heap is collected, and of that messages would be the most.
 */
export function inBytes<Service extends ServiceDefinition>(service: Service): Service {
	const methods = Object.entries(service).map(([name, method]) => {
		if (method.requestStream) return [name, method]
		const requestDeserialize = (bytes: Buffer) => ({ bytes, method })
		return [name, { ...method, requestDeserialize, responseSerialize: (bytes: Buffer) => bytes }]
	})
	return Object.fromEntries(methods)
}

/**
 * The message. One that is too large is not decoded: the server's own limit is for messages of any kind, also those of an
 * import, and answers without details.
 *
 * @throws CatalogError INVALID_REQUEST when it is too large, or cannot be decoded
 */
export function readRequest<Request, Response>({ bytes, method }: UnaryRequest<Request, Response>): Request {
	if (bytes.length > largestRequestKb * 1024) throw refusal(`the request must have at most ${largestRequestKb} KB`)
	try {
		return method.requestDeserialize(bytes)
	} catch {
		throw refusal('the request is not of the type that the method takes')
	}
}

function refusal(description: string) {
	return invalidRequest([{ field: '', description }])
}
