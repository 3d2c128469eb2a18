// Calls the catalog from Node 20 or later: a lookup, a change with a token, and two errors with their reasons. It reads the
// contract from the folder `proto` of the folder that it runs in.
//   npm install @grpc/grpc-js @grpc/proto-loader protobufjs
//   MERCAT_TOKEN=… node call-catalog.mjs localhost:50051 [ca.pem [caller.key caller.pem]]
import { readFileSync } from 'node:fs'
import grpc from '@grpc/grpc-js'
import protoLoader from '@grpc/proto-loader'
import protobuf from 'protobufjs'

const [address, ca, key, cert] = process.argv.slice(2)
if (address === undefined) {
	console.error('usage: call-catalog.mjs HOST:PORT [ca.pem [caller.key caller.pem]]')
	process.exit(1)
}
const pem = (path) => path && readFileSync(path)

const files = ['mercat/catalog/v1/catalog_service.proto', 'mercat/catalog/v1/inventory_service.proto']
// `longs: Number` is right for all fields: they have at most 2^53 - 1.
const definition = protoLoader.loadSync(files, { includeDirs: ['proto'], longs: Number, defaults: true })
const { CatalogService, InventoryService } = grpc.loadPackageDefinition(definition).mercat.catalog.v1

// Plaintext without the certificate of an authority, TLS with one, and mTLS with a key and a certificate, too.
const credentials = ca ? grpc.credentials.createSsl(pem(ca), pem(key), pem(cert)) : grpc.credentials.createInsecure()
const catalog = new CatalogService(address, credentials)
const inventory = new InventoryService(address, credentials)

/** Calls a method, which must answer within two seconds. */
function call(client, method, request, metadata = new grpc.Metadata()) {
	const deadline = new Date(Date.now() + 2_000)
	return new Promise((resolve, reject) => {
		client[method](request, metadata, { deadline }, (error, answer) => (error ? reject(error) : resolve(answer)))
	})
}

// The parts of google/rpc/status.proto and google/rpc/error_details.proto that have the reason and the fields at fault.
const { root } = protobuf.parse(`
	syntax = "proto3";
	message Any { string type_url = 1; bytes value = 2; }
	message Status { repeated Any details = 3; }
	message ErrorInfo { string reason = 1; map<string, string> metadata = 3; }
	message FieldViolation { string field = 1; string description = 2; }
	message BadRequest { repeated FieldViolation field_violations = 1; }
`)

/** Prints the status and the reason of an error, and the fields at fault. Decide by the reason; the text may change. */
function printError(error) {
	const [bytes] = error.metadata?.get('grpc-status-details-bin') ?? []
	const details = bytes ? root.lookupType('Status').decode(bytes).details : []
	const read = (type) => {
		const detail = details.find(({ typeUrl }) => typeUrl.endsWith(`google.rpc.${type}`))
		return detail && root.lookupType(type).decode(detail.value)
	}
	console.log(grpc.status[error.code], read('ErrorInfo')?.reason ?? error.details)
	for (const { field, description } of read('BadRequest')?.fieldViolations ?? []) console.log(' ', field, description)
}

const { product } = await call(catalog, 'GetProduct', { sku: 'MUG-STONE-350' })
console.log(product.title, product.price.amountMinor, product.price.currencyCode)

if (process.env.MERCAT_TOKEN) {
	const token = new grpc.Metadata()
	token.set('authorization', `Bearer ${process.env.MERCAT_TOKEN}`)
	// The request id makes a second run change nothing.
	const change = { sku: 'MUG-STONE-350', delta: 12, reason: 'delivery', requestId: 'delivery-4711' }
	console.log('on hand', (await call(inventory, 'AdjustStock', change, token)).level.onHand)
} else {
	console.log('set MERCAT_TOKEN to change stock')
}

for (const sku of ['NOPE', 'no sku']) {
	await call(catalog, 'GetProduct', { sku }).catch(printError)
}
