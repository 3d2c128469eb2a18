import { CommandError } from '../command/command-error.ts'

/** The error of a restore that has written nothing, and that its user can put right. */
export function refused(fault: string): CommandError {
	return new CommandError(fault, { exitCode: 2 })
}
