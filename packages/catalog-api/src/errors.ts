import { Metadata, type ServiceError, status } from '@grpc/grpc-js'
import protobuf from 'protobufjs'

/** The domain of every `google.rpc.ErrorInfo` that Mercat sends. */
const errorDomain = 'mercat'

export type FieldViolation = { field: string; description: string }

/** The parts of `google.rpc.Status.details` that Mercat sends and reads (AIP-193). */
export type ErrorDetails = {
	/** `ErrorInfo.reason` in UPPER_SNAKE: the API. Missing when the peer is not Mercat or the connection broke. */
	reason?: string
	/** `ErrorInfo.metadata`: the values in the message. */
	metadata?: Record<string, string>
	/** `BadRequest.field_violations`. */
	fieldViolations?: FieldViolation[]
	/** `RetryInfo.retry_delay`. */
	retryDelayMs?: number
}

const detailsKey = 'grpc-status-details-bin'
const typePrefix = 'type.googleapis.com/'

// The used parts of google/rpc/status.proto and google/rpc/error_details.proto.
const { root } = protobuf.parse(`
	syntax = "proto3";
	package google.rpc;
	message Any { string type_url = 1; bytes value = 2; }
	message Status { int32 code = 1; string message = 2; repeated Any details = 3; }
	message ErrorInfo { string reason = 1; string domain = 2; map<string, string> metadata = 3; }
	message BadRequest {
		message FieldViolation { string field = 1; string description = 2; }
		repeated FieldViolation field_violations = 1;
	}
	message Duration { int64 seconds = 1; int32 nanos = 2; }
	message RetryInfo { Duration retry_delay = 1; }
`)
const Status = root.lookupType('google.rpc.Status')
const ErrorInfo = root.lookupType('google.rpc.ErrorInfo')
const BadRequest = root.lookupType('google.rpc.BadRequest')
const RetryInfo = root.lookupType('google.rpc.RetryInfo')

/** The trailing metadata with `details`, for a call that fails with `code` and `message`. */
export function errorDetailsMetadata(code: status, message: string, details: ErrorDetails): Metadata {
	const any = []
	if (details.reason !== undefined) {
		any.push(pack(ErrorInfo, { reason: details.reason, domain: errorDomain, metadata: details.metadata ?? {} }))
	}
	if (details.fieldViolations !== undefined) {
		any.push(pack(BadRequest, { fieldViolations: details.fieldViolations }))
	}
	if (details.retryDelayMs !== undefined) {
		const seconds = Math.floor(details.retryDelayMs / 1000)
		const nanos = Math.round((details.retryDelayMs % 1000) * 1e6)
		any.push(pack(RetryInfo, { retryDelay: { seconds, nanos } }))
	}
	const metadata = new Metadata()
	metadata.set(detailsKey, Buffer.from(Status.encode({ code, message, details: any }).finish()))
	return metadata
}

/** The details of a failed call; empty when there are none or they cannot be read. */
export function errorDetails(error: ServiceError): ErrorDetails {
	const [bytes] = error.metadata?.get(detailsKey) ?? []
	if (!Buffer.isBuffer(bytes)) return {}
	const details: ErrorDetails = {}
	try {
		for (const any of Status.toObject(Status.decode(bytes), { arrays: true }).details) {
			read(any.typeUrl, any.value ?? Buffer.alloc(0), details)
		}
	} catch {
		return {}
	}
	return details
}

/** Whether a call failed because its connection broke: grpc-js then answers INTERNAL, without an `ErrorInfo`. */
export function isConnectionBroken(error: ServiceError): boolean {
	return error.code === status.INTERNAL && errorDetails(error).reason === undefined
}

/** Whether the server took nothing of a call, because its connection was about to be replaced. The text is that of grpc-js. */
export function isStreamRefused({ code, details }: Pick<ServiceError, 'code' | 'details'>): boolean {
	return code === status.UNAVAILABLE && details === 'Stream refused by server'
}

function pack(type: protobuf.Type, message: Record<string, unknown>): { typeUrl: string; value: Uint8Array } {
	return { typeUrl: `${typePrefix}${type.fullName.slice(1)}`, value: type.encode(message).finish() }
}

function read(typeUrl: string, value: Uint8Array, into: ErrorDetails): void {
	switch (typeUrl) {
		case `${typePrefix}google.rpc.ErrorInfo`: {
			const info = ErrorInfo.toObject(ErrorInfo.decode(value), { defaults: true, objects: true })
			if (info.domain !== errorDomain) return
			into.reason = info.reason
			into.metadata = info.metadata
			return
		}
		case `${typePrefix}google.rpc.BadRequest`:
			into.fieldViolations = BadRequest.toObject(BadRequest.decode(value), {
				defaults: true,
				arrays: true,
			}).fieldViolations
			return
		case `${typePrefix}google.rpc.RetryInfo`: {
			const { retryDelay } = RetryInfo.toObject(RetryInfo.decode(value), { defaults: true, longs: Number })
			if (retryDelay) into.retryDelayMs = retryDelay.seconds * 1000 + retryDelay.nanos / 1e6
		}
	}
}
