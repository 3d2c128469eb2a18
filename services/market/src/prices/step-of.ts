import { invalidField } from '@mercat/grpc-service/invalid-request'
import type { Step__Output as StepMessage } from '@mercat/market-api/messages/Step'
import type { Step } from '../folding/bars/bar.ts'

const steps: Record<string, Step | undefined> = {
	STEP_UNSPECIFIED: '1m',
	STEP_SECOND: '1s',
	STEP_MINUTE: '1m',
	STEP_HOUR: '1h',
	STEP_DAY: '1d',
}

/** The step that a message names; undefined for one that does not exist. */
export function findStep(message: StepMessage): Step | undefined {
	return steps[message]
}

/** @throws GeneralError INVALID_REQUEST for a step that does not exist */
export function stepOf(message: StepMessage): Step {
	const step = findStep(message)
	if (step === undefined) throw invalidField('step', 'must be a second, a minute, an hour, a day or missing')
	return step
}
