/** The workspace's folder of .proto files. */
export const protoFolder = new URL('../../../proto/', import.meta.url)

/** The files that declare services, as paths below {@link protoFolder}. */
export const protoFiles = ['mercat/catalog/v1/catalog_service.proto', 'mercat/catalog/v1/inventory_service.proto']
