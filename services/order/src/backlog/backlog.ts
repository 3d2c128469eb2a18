/** The work that all processes together have not done yet. */
export type Backlog = {
	/** Of the catalog, and of each active webhook. */
	destinations: DestinationBacklog[]
	/** Events of transitions that are not in the log yet. */
	unloggedEvents: number
	/** The age of the oldest of them, in seconds; 0 when there is none. */
	oldestUnloggedS: number
	/** Deliveries and commands that were given up. */
	dead: number
	/** Unpaid orders whose time to pay is over. The next sweep expires them. */
	overdueOrders: number
}

export type DestinationBacklog = {
	/** `catalog`, or the id of a webhook. */
	destination: string
	/** Commands or events that the destination is still to get. */
	pending: number
	/** The age of the oldest of them, in seconds; 0 when there is none. */
	oldestS: number
}
