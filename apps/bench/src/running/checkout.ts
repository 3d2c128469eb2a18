/** The runnable parts of one version of Mercat. */
export type Checkout = {
	/** The name of the contestant in reports. */
	name: string
	/** URLs of the modules that run the services. */
	services: { catalog: string; order: string }
	/** Path of the `mercat` command. */
	command: string
	/** The flags for Node when it runs a service. */
	nodeFlags: readonly string[]
}
