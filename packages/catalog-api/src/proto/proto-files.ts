/** The workspace's folder of .proto files. */
export const protoFolder = new URL('../../../../proto/', import.meta.url)

/** A part of the contract, below {@link protoFolder}. */
export type ProtoPart = {
	/** The folder of its package. */
	folder: string
	/** The files that declare services. */
	files: string[]
}

export const catalogProto: ProtoPart = {
	folder: 'mercat/catalog',
	files: ['mercat/catalog/v1/catalog_service.proto', 'mercat/catalog/v1/inventory_service.proto'],
}
