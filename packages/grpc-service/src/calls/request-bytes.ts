import type { MethodDefinition, ServiceDefinition } from '@grpc/grpc-js'
import { invalidField } from '../errors/invalid-request.ts'

// The largest valid request is a product of 290 KB. A batch of 256 orders has up to 188 KB.
const usualLargestKb = 320

type Method<Request, Response> = Pick<MethodDefinition<Request, Response>, 'requestDeserialize' | 'responseSerialize'>

/** The bytes of a request, and its method. */
export type RequestBytes<Request, Response> = { bytes: Buffer; method: Method<Request, Response> }

/**
 * The same service, with handlers that take {@link RequestBytes}; unary ones return bytes, too. It saves memory: everything
 * that a grpc-js call refers to stays until the next full garbage collection, and messages would be most of it. A stream
 * decodes a request only when it comes to its turn.
 */
export function inBytes<Service extends ServiceDefinition>(service: Service): Service {
	const methods = Object.entries(service).map(([name, method]) => {
		const requestDeserialize = (bytes: Buffer) => ({ bytes, method })
		if (method.requestStream) return [name, { ...method, requestDeserialize }]
		return [name, { ...method, requestDeserialize, responseSerialize: (bytes: Buffer) => bytes }]
	})
	return Object.fromEntries(methods)
}

/**
 * The message of a request. A message that is too large is not decoded. The server's own limit cannot serve for this: it
 * must admit the messages of an import, and it answers without details.
 *
 * @throws GeneralError INVALID_REQUEST when the message is too large or cannot be decoded
 */
export function readRequest<Request, Response>(
	request: RequestBytes<Request, Response>,
	largestKb = usualLargestKb,
): Request {
	const isTooLarge = request.bytes.length > largestKb * 1024
	if (isTooLarge) throw refusal(`the request must have at most ${largestKb} KB`)
	return readStreamed(request)
}

/**
 * The message of a request of a stream, whose largest size is the server's own limit.
 *
 * @throws GeneralError INVALID_REQUEST when the message cannot be decoded
 */
export function readStreamed<Request, Response>({ bytes, method }: RequestBytes<Request, Response>): Request {
	try {
		return method.requestDeserialize(bytes)
	} catch {
		throw refusal('the request is not of the type that the method takes')
	}
}

function refusal(description: string) {
	return invalidField('', description)
}
