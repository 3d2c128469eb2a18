import { createOwnToken, type OwnTokenOptions } from '@mercat/service/own-token'

export type CatalogTokenOptions = Pick<OwnTokenOptions, 'tokens'> & {
	/** A configured token. Without it the service signs tokens with its own secret. */
	catalogToken?: string
}

/** The token for calls to the catalog. */
export function createCatalogToken({ catalogToken, tokens }: CatalogTokenOptions): () => string {
	return createOwnToken({ configured: catalogToken, tokens }, { subject: 'service:order', scope: 'stock:reserve' })
}
