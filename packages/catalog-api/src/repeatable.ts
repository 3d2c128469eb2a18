type Asked = {
	etag?: unknown
	requestId?: unknown
	product?: { etag?: unknown } | null
	reservations?: { createOnly?: boolean }[]
}

const hasEtag = ({ etag, product }: Asked) => Boolean(etag || product?.etag)
const hasNoRequestId = ({ requestId }: Asked) => !requestId

// The methods that answer a second time otherwise than the first time, and for which requests.
const answersOnce: Record<string, (request: Asked) => boolean> = {
	CreateProduct: () => true,
	UpdateProduct: hasEtag,
	ArchiveProduct: hasEtag,
	UnarchiveProduct: hasEtag,
	SetStock: hasNoRequestId,
	AdjustStock: hasNoRequestId,
	ReserveStock: ({ reservations }) => reservations?.some(({ createOnly }) => createOnly) ?? false,
	BeginFeedRun: () => true,
}

/** Whether a call can be made again when the outcome of the first one is unknown (docs/grpc.md, "Asking again"). */
export function isRepeatable(path: string, request: unknown): boolean {
	return !answersOnce[path.slice(path.lastIndexOf('/') + 1)]?.(request as Asked)
}
