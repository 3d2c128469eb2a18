import { isItemsFault, OutOfTimeError } from '@mercat/database/errors'
import { GeneralError } from '@mercat/grpc-service/general-error'

/** How the batches of this service fail: which errors are the fault of one item, and what the others are told. */
export const batchedErrors = {
	isItemsFault,
	overloaded: () => new GeneralError('OVERLOADED', { retryDelayMs: 1_000 }),
	outOfTime: () => new OutOfTimeError(),
}
