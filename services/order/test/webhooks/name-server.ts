import { createSocket, type RemoteInfo } from 'node:dgram'
import { once } from 'node:events'
import ipaddr from 'ipaddr.js'

/** The addresses of a name in one family, or why there are none. */
export type NameAnswer = string[] | 'no answer' | 'no such name' | 'failure'

const recordTypes: Record<number, 4 | 6> = { 1: 4, 28: 6 }
const headerBytes = 12
const responseFlags = 0x8180
const failureFlag = 2
const noSuchNameFlag = 3

/** A DNS server on this machine. Its messages have the form of RFC 1035. */
export async function startNameServer(answer: (name: string, family: 4 | 6) => NameAnswer) {
	const asked: string[] = []
	const socket = createSocket('udp4')
	socket.on('message', (message: Buffer, { port, address }: RemoteInfo) => {
		const { name, type, question } = readQuestion(message)
		const family = recordTypes[type]
		if (family === undefined) throw new Error(`a question of the type ${type}`)
		asked.push(`${name} ${family}`)
		const given = answer(name, family)
		if (given === 'no answer') return
		const records = Array.isArray(given) ? given.map((text) => addressRecord(type, text)) : []
		const header = Buffer.alloc(headerBytes)
		header.writeUInt16BE(message.readUInt16BE(0), 0)
		header.writeUInt16BE(responseFlags | flagOf(given), 2)
		header.writeUInt16BE(1, 4)
		header.writeUInt16BE(records.length, 6)
		socket.send(Buffer.concat([header, question, ...records]), port, address)
	})
	socket.bind(0, '127.0.0.1')
	await once(socket, 'listening')
	return {
		servers: [`127.0.0.1:${socket.address().port}`],
		/** Each question so far, such as `shop.example 4`. */
		asked,
		async [Symbol.asyncDispose]() {
			socket.close()
			await once(socket, 'close')
		},
	}
}

function readQuestion(message: Buffer) {
	const labels: string[] = []
	let at = headerBytes
	for (let length = message.readUInt8(at); length > 0; length = message.readUInt8(at)) {
		labels.push(message.toString('latin1', at + 1, at + 1 + length))
		at += 1 + length
	}
	return { name: labels.join('.'), type: message.readUInt16BE(at + 1), question: message.subarray(headerBytes, at + 5) }
}

function flagOf(answer: NameAnswer): number {
	switch (answer) {
		case 'no such name':
			return noSuchNameFlag
		case 'failure':
			return failureFlag
		default:
			return 0
	}
}

/** A record that points to the name of the question, and must not be kept. */
function addressRecord(type: number, text: string): Buffer {
	const address = Buffer.from(ipaddr.parse(text).toByteArray())
	return Buffer.concat([Buffer.from([0xc0, headerBytes, 0, type, 0, 1, 0, 0, 0, 0, 0, address.length]), address])
}
