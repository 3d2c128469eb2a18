import { type ProblemCode, problemTable } from '@mercat/rest-api/problem-table'
import { type Budget, ClientLeftError } from '@mercat/service/budget'
import { isSampled } from '@mercat/service/trace-context'
import { failSpan, isTracing, type Span, startSpan } from '@mercat/service/tracing'
import type { PlacedOrder, PlaceOrder, PlaceOrderCommand } from './place-order.ts'

export type TracePlacingNeeds = {
	/** The code of the problem that the client is told for an error. */
	codeOf(error: Error): ProblemCode
}

/** Places each order in a span, above the spans of its look-up, its reservation and its insert. */
export function tracePlacing(place: PlaceOrder, { codeOf }: TracePlacingNeeds): PlaceOrder {
	return (command, budget) => {
		// Under a span that is not sampled there is nothing to see.
		const isSeen = isTracing() && isSampled(budget.trace)
		return isSeen ? placeTraced(command, budget) : place(command, budget)
	}

	async function placeTraced(command: PlaceOrderCommand, budget: Budget): Promise<PlacedOrder> {
		const { span, context } = startSpan('place order', { parent: budget.trace })
		try {
			const placed = await place(command, { ...budget, trace: context })
			describeOrder(span, command, placed)
			return placed
		} catch (error) {
			describeFailure(span, command, error as Error)
			throw error
		} finally {
			span.end()
		}
	}

	function describeFailure(span: Span, { id }: PlaceOrderCommand, error: Error): void {
		const code = error instanceof ClientLeftError ? undefined : codeOf(error)
		span.setAttributes({ 'mercat.order.id': id, 'mercat.outcome': code ?? 'client_left' })
		// A refusal is the right answer, and no failure.
		if (code !== undefined && problemTable[code].status >= 500) failSpan(span, code)
	}
}

function describeOrder(span: Span, { id }: PlaceOrderCommand, { replayed }: PlacedOrder): void {
	span.setAttributes({
		'mercat.order.id': id,
		'mercat.replayed': replayed,
		'mercat.outcome': replayed ? 'replayed' : 'placed',
	})
}
