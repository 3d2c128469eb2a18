import { type LogTail, type LogTailNeeds, openLogTail } from '@mercat/event-log/log-tail'
import type { LoggedEvent } from './logged-event.ts'

export type EventTail = LogTail<LoggedEvent>

const bytesOfFields = 300

/** The view of the log that the readers in this process share. Each read has up to 100 events. */
export function openEventTail(needs: LogTailNeeds<LoggedEvent>): Promise<EventTail & Disposable> {
	return openLogTail(needs, { sizeOf: ({ text }) => bytesOfFields + bytesOfText(text) })
}

// A text takes two bytes for each character when one of them is beyond Latin-1.
function bytesOfText(text: string): number {
	return Buffer.byteLength(text) === text.length ? text.length : 2 * text.length
}
