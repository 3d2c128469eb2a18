import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { WatchSalesRequest__Output as Request } from '@mercat/market-api/messages/WatchSalesRequest'
import { orderStatuses } from '@mercat/order-api/order-status'
import { findStep } from '../../prices/step-of.ts'
import type { SalesSelection } from '../sales-query.ts'
import type { Dimension } from '../sales-row.ts'

const dimensionOf: Record<string, Dimension | undefined> = {
	SALES_KEY_SKU: 'sku',
	SALES_KEY_CATEGORY: 'category',
	SALES_KEY_STATUS: 'status',
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
	const step = findStep(length)
	if (step === undefined || step === '1s') throw invalidField('step', 'must be a minute, an hour, a day or missing')
	if (by === 'status') {
		if (status !== '') throw invalidField('status', 'must be empty where sales are told by status')
		return { by, step, status }
	}
	if (status !== '' && !statuses.includes(status)) throw invalidField('status', `must be one of ${statuses.join(', ')}`)
	return { by, step, status: status || usualStatus }
}
