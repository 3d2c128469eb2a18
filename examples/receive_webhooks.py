"""Receives webhooks: verifies signatures, forgets duplicates and keeps the order of the events of each order.

It needs Python 3.8 and no library:
  WEBHOOK_SECRET=whsec_… PORT=9000 python3 examples/receive_webhooks.py
"""
import base64, hashlib, hmac, json, os, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

secret = os.environ["WEBHOOK_SECRET"]
key = base64.b64decode(secret[6:]) if secret.startswith("whsec_") else secret.encode()

# In a program of your own both belong in its database, in one transaction with what an event changes there.
taken, versions, lock = set(), {}, threading.Lock()


def is_signed(headers, body):
    """Whether one of the signatures is right for the body as it came, and not older than five minutes."""
    timestamp = headers.get("webhook-timestamp", "")
    signed = f"{headers.get('webhook-id')}.{timestamp}.".encode() + body
    expected = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    given = headers.get("webhook-signature", "").encode().split(b" ")
    return any(hmac.compare_digest(one, expected) for one in given) and abs(time.time() - float(timestamp)) <= 300


class Receiver(BaseHTTPRequestHandler):
    timeout = 10

    def do_POST(self):
        self.send_response(self.receive())
        self.end_headers()

    def receive(self):
        """Returns the status of the answer. Any 2xx ends the deliveries of an event, and must come within 10 s."""
        length = int(self.headers.get("content-length", -1))
        if not 0 <= length <= 1_000_000:
            return 413
        body = self.rfile.read(length)
        if not is_signed(self.headers, body):
            return 401
        with lock:
            if self.headers["webhook-id"] in taken:
                return 204
            event = json.loads(body)
            order, version = event["subject"], event["data"].get("version", 0)
            # The data is the whole order after its transition. An event that comes after a later one has nothing new.
            # A test event has no version.
            is_late = 0 < version <= versions.get(order, 0)
            if not is_late:
                versions[order] = version
            print(f"{event['type']} {order} version {version}{', late: ignored' if is_late else ''}", flush=True)
            taken.add(self.headers["webhook-id"])
            return 204

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(os.environ.get("PORT", 9000))), Receiver)
print(f"port {server.server_port}", flush=True)
server.serve_forever()
