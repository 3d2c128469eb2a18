// Calls the catalog from Node 20 or later: a lookup, a change with a token, and an error with its reason. It reads the
// contract from the folder `proto` of the folder that it runs in.
//   npm install @grpc/grpc-js @grpc/proto-loader protobufjs
//   MERCAT_TOKEN=… node call-catalog.mjs localhost:50051 [ca.pem [caller.key caller.pem]]
import { readFileSync } from 'node:fs'
import grpc from '@grpc/grpc-js'
import protoLoader from '@grpc/proto-loader'
import protobuf from 'protobufjs'

const [address, ca, key, cert] = process.argv.slice(2)
const pem = (path) => path && readFileSync(path)

const files = ['mercat/catalog/v1/catalog_service.proto', 'mercat/catalog/v1/inventory_service.proto']
// `longs: Number` is right for all fields: they have at most 2^53 - 1.
const definition = protoLoader.loadSync(files, { includeDirs: ['proto'], longs: Number, defaults: true })
const { CatalogService, InventoryService } = grpc.loadPackageDefinition(definition).mercat.catalog.v1

// Plaintext without the certificate of an authority, TLS with one, and mTLS with a key and a certificate, too.
const credentials = ca ? grpc.credentials.createSsl(pem(ca), pem(key), pem(cert)) : grpc.credentials.createInsecure()
const catalog = new CatalogService(address, credentials)
const inventory = new InventoryService(address, credentials)
const token = new grpc.Metadata()
token.set('authorization', `Bearer ${process.env.MERCAT_TOKEN}`)

/** Calls a method, which must answer within two seconds. */
function call(client, method, request, metadata = new grpc.Metadata()) {
	const deadline = new Date(Date.now() + 2_000)
	return new Promise((resolve, reject) => {
		client[method](request, metadata, { deadline }, (error, answer) => (error ? reject(error) : resolve(answer)))
	})
}

// The parts of google/rpc/status.proto and google/rpc/error_details.proto that have the reason.
const { root } = protobuf.parse(`
	syntax = "proto3";
	message Any { string type_url = 1; bytes value = 2; }
	message Status { repeated Any details = 3; }
	message ErrorInfo { string reason = 1; map<string, string> metadata = 3; }
`)

/** The `google.rpc.ErrorInfo` of an error: its `reason`, and the variable parts in `metadata`. */
function errorInfoOf(error) {
	const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? []
	const details = bytes ? root.lookupType('Status').decode(bytes).details : []
	const info = details.find((detail) => detail.typeUrl.endsWith('google.rpc.ErrorInfo'))
	return info ? root.lookupType('ErrorInfo').decode(info.value) : {}
}

const { product } = await call(catalog, 'GetProduct', { sku: 'MUG-STONE-350' })
console.log(product.title, product.price.amountMinor, product.price.currencyCode)

// The request id makes a second run change nothing.
const change = { sku: 'MUG-STONE-350', delta: 12, reason: 'delivery', requestId: 'delivery-4711' }
console.log('on hand', (await call(inventory, 'AdjustStock', change, token)).level.onHand)

try {
	await call(catalog, 'GetProduct', { sku: 'NOPE' })
} catch (error) {
	console.log(grpc.status[error.code], errorInfoOf(error).reason)
}
