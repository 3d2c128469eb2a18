import { DatabaseUnavailableError, sqlState } from '@mercat/database/errors'
import { connectionError } from './connection-error.ts'

const insufficientPrivilege = '42501'
const diskFull = '53100'

/**
 * One sentence about a failure that the user can end: a full disk, a missing right, a server that is away. Undefined for
 * any other error, which is a fault of the command.
 */
export function describeFailure(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined
	const { code, path, cause } = error as NodeJS.ErrnoException & { cause?: unknown }
	const place = path ?? 'the disk'
	switch (sqlState(error) ?? code) {
		case insufficientPrivilege:
			return `${error.message}: use the URL of the user who owns the database, or grant this right`
		case diskFull:
		case 'ENOSPC':
		case 'EDQUOT':
			return `${place} is full: free some space, or use another disk (DATA_DIR for the embedded databases)`
		case 'EACCES':
		case 'EPERM':
			// Without a path it is no file, such as a port below 1024.
			if (path === undefined) return `${error.message}: this user has no right to it`
			return `${path}: this user has no right to it: change its owner or its mode, or name another file or folder`
		case 'EROFS':
			return `${place} is on a read-only file system: name a folder on another one`
		case 'ENOTDIR':
			return `${place} leads through a file: name a path whose parents are folders`
		default:
			return (cause === undefined ? undefined : describeFailure(cause)) ?? describeAbsence(error)
	}
}

function describeAbsence(error: Error): string | undefined {
	if (!(error instanceof DatabaseUnavailableError)) return undefined
	return `a database does not answer (${connectionError(error)}): start its server, and try again`
}
