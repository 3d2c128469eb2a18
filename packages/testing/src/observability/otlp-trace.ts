import protobuf from 'protobufjs'

// The part of opentelemetry/proto/{collector/trace,trace,common,resource}/v1 that is read here. Unknown fields are skipped.
const proto = `
syntax = "proto3";
message ExportTraceServiceRequest { repeated ResourceSpans resource_spans = 1; }
message ResourceSpans { Resource resource = 1; repeated ScopeSpans scope_spans = 2; }
message Resource { repeated KeyValue attributes = 1; }
message ScopeSpans { repeated Span spans = 2; }
message Span {
	bytes trace_id = 1;
	bytes span_id = 2;
	bytes parent_span_id = 4;
	string name = 5;
	int32 kind = 6;
	fixed64 start_time_unix_nano = 7;
	fixed64 end_time_unix_nano = 8;
	repeated KeyValue attributes = 9;
	repeated Event events = 11;
	repeated Link links = 13;
	uint32 dropped_links_count = 14;
	Status status = 15;
}
message Event { string name = 2; repeated KeyValue attributes = 3; }
message Link { bytes trace_id = 1; bytes span_id = 2; repeated KeyValue attributes = 4; }
message Status { string message = 2; int32 code = 3; }
message KeyValue { string key = 1; AnyValue value = 2; }
message AnyValue {
	oneof value {
		string string_value = 1;
		bool bool_value = 2;
		int64 int_value = 3;
		double double_value = 4;
		ArrayValue array_value = 5;
	}
}
message ArrayValue { repeated AnyValue values = 1; }
`
const requestType = protobuf.parse(proto).root.lookupType('ExportTraceServiceRequest')

export type AttributeValue = string | number | boolean | AttributeValue[]
export type Attributes = Record<string, AttributeValue>

export type CollectedSpan = {
	traceId: string
	spanId: string
	/** Missing for the first span of a trace. */
	parentSpanId?: string
	name: string
	kind: 'UNSPECIFIED' | 'INTERNAL' | 'SERVER' | 'CLIENT' | 'PRODUCER' | 'CONSUMER'
	/** In milliseconds since the epoch. */
	startMs: number
	endMs: number
	attributes: Attributes
	events: { name: string; attributes: Attributes }[]
	links: { traceId: string; spanId: string; attributes: Attributes }[]
	droppedLinks: number
	status: 'UNSET' | 'OK' | 'ERROR'
	statusMessage: string
	/** The attributes of the process that made the span. */
	resource: Attributes
}

const kinds = ['UNSPECIFIED', 'INTERNAL', 'SERVER', 'CLIENT', 'PRODUCER', 'CONSUMER'] as const
const statuses = ['UNSET', 'OK', 'ERROR'] as const

type KeyValues = { key: string; value?: Record<string, unknown> | null }[]
type WireSpan = {
	traceId: string
	spanId: string
	parentSpanId: string
	name: string
	kind: number
	startTimeUnixNano: number
	endTimeUnixNano: number
	attributes: KeyValues
	events: { name: string; attributes: KeyValues }[]
	links: { traceId: string; spanId: string; attributes: KeyValues }[]
	droppedLinksCount: number
	status?: { code: number; message: string } | null
}
type WireRequest = {
	resourceSpans: { resource?: { attributes: KeyValues } | null; scopeSpans: { spans: WireSpan[] }[] }[]
}

/** The spans of an OTLP request in protobuf. */
export function readOtlpTrace(bytes: Uint8Array): CollectedSpan[] {
	const asObject = { longs: Number, bytes: String, defaults: true, arrays: true, oneofs: true }
	const request = requestType.toObject(requestType.decode(bytes), asObject) as WireRequest
	return request.resourceSpans.flatMap(({ resource, scopeSpans }) => {
		const process = attributesOf(resource?.attributes ?? [])
		return scopeSpans.flatMap(({ spans }) => spans.map((span) => toSpan(span, process)))
	})
}

function toSpan(span: WireSpan, resource: Attributes): CollectedSpan {
	const { name, status } = span
	const parentSpanId = hexOf(span.parentSpanId)
	return {
		traceId: hexOf(span.traceId),
		spanId: hexOf(span.spanId),
		...(parentSpanId !== '' && { parentSpanId }),
		name,
		kind: kinds[span.kind] ?? 'UNSPECIFIED',
		startMs: span.startTimeUnixNano / 1e6,
		endMs: span.endTimeUnixNano / 1e6,
		attributes: attributesOf(span.attributes),
		events: span.events.map((event) => ({ name: event.name, attributes: attributesOf(event.attributes) })),
		links: span.links.map((link) => ({
			traceId: hexOf(link.traceId),
			spanId: hexOf(link.spanId),
			attributes: attributesOf(link.attributes),
		})),
		droppedLinks: span.droppedLinksCount,
		status: statuses[status?.code ?? 0] ?? 'UNSET',
		statusMessage: status?.message ?? '',
		resource,
	}
}

const hexOf = (base64: string) => Buffer.from(base64, 'base64').toString('hex')

function attributesOf(pairs: KeyValues): Attributes {
	return Object.fromEntries(pairs.map(({ key, value }) => [key, plainValue(value ?? {})]))
}

// With `oneofs`, the member `value` names the one that is set.
function plainValue(any: Record<string, unknown>): AttributeValue {
	const value = any[String(any['value'])]
	if (any['value'] !== 'arrayValue') return value as AttributeValue
	return (value as { values: Record<string, unknown>[] }).values.map(plainValue)
}
