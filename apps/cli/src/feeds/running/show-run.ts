import { visibleText } from '../../output/visible-text.ts'
import type { ReportRow } from '../report/feed-result.ts'
import type { FeedSettings } from '../settings/feed-settings.ts'
import { createHideSecrets } from '../settings/hide-secrets.ts'

/** Makes the texts of a run fit to be shown. Everything that leaves the run goes through it. */
export type ShowRun = {
	/** A reason without credentials and without characters that could steer a terminal. */
	reason(text: string): string
	/** The rows of the report without credentials, in the order of the lines; products without a line come last. */
	rows(rows: readonly ReportRow[]): ReportRow[]
}

/** The door of a feed: its source may put credentials of the request into names of columns, values and addresses. */
export function createShowRun(feed: FeedSettings): ShowRun {
	const hide = createHideSecrets(feed)
	const show = (text: string) => visibleText(hide(text))

	return {
		reason: show,
		rows: (rows) =>
			rows
				.map(({ feed, line, sku, outcome, rule, old, new: next, detail }) => ({
					...{ feed, line, sku: show(sku), outcome, rule },
					...{ old: hide(old), new: hide(next), detail: show(detail) },
				}))
				.toSorted((one, other) => (one.line ?? Number.POSITIVE_INFINITY) - (other.line ?? Number.POSITIVE_INFINITY)),
	}
}
