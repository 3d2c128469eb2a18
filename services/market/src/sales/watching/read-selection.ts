import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { WatchSalesRequest__Output as Request } from '@mercat/market-api/messages/WatchSalesRequest'
import { orderStatuses } from '@mercat/order-api/order-status'
import type { SalesSelection } from '../sales-query.ts'
import type { Dimension, SalesStep } from '../sales-row.ts'

const dimensionOf: Record<string, Dimension | undefined> = {
	SALES_KEY_SKU: 'sku',
	SALES_KEY_CATEGORY: 'category',
	SALES_KEY_STATUS: 'status',
}

const stepOf: Record<string, SalesStep | undefined> = {
	STEP_UNSPECIFIED: '1m',
	STEP_MINUTE: '1m',
	STEP_HOUR: '1h',
	STEP_DAY: '1d',
}

const statuses: readonly string[] = orderStatuses
const usualStatus = 'paid'

/** @throws GeneralError INVALID_REQUEST */
export function readSelection({
	by: key,
	step: length,
	status,
}: Pick<Request, 'by' | 'step' | 'status'>): SalesSelection {
	const by = dimensionOf[key]
	if (by === undefined) throw invalidField('by', 'must be a sku, a category or a status')
	const step = stepOf[length]
	if (step === undefined) throw invalidField('step', 'must be a minute, an hour, a day or missing')
	if (by === 'status') {
		if (status !== '') throw invalidField('status', 'must be empty where sales are told by status')
		return { by, step, status }
	}
	if (status !== '' && !statuses.includes(status)) throw invalidField('status', `must be one of ${statuses.join(', ')}`)
	return { by, step, status: status || usualStatus }
}
