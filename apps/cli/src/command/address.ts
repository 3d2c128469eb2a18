/** Whether a number can be the port of a server. */
export function isPort(port: number): boolean {
	return Number.isInteger(port) && port >= 1 && port <= 65_535
}

/** Whether a text is `HOST:PORT`. */
export function isAddress(text: string): boolean {
	const [, port] = /^\S+:(\d{1,5})$/.exec(text) ?? []
	return port !== undefined && isPort(Number(port))
}
