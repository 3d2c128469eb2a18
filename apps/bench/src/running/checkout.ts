/** What is run of one version of Mercat. */
export type Checkout = {
	/** As a contestant. */
	name: string
	/** URLs of the modules that run the services. */
	services: { catalog: string; order: string }
	/** Path of the `mercat` command. */
	command: string
	/** What Node is told for a service. */
	nodeFlags: readonly string[]
}
