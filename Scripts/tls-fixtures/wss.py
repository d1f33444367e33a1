#!/usr/bin/env python3
"""Makes Tests/CommandTests/Fixtures/wss-tls13.pcap and wss-rsa.pcap: a short plain call by SIP over secure WebSocket (RFC 7118).

The TLS records come from Python's ssl, that is OpenSSL, in memory; addresses and times are made up. Beside each capture stands the
key log; the private key of wss-rsa.pcap (TLS 1.2, RSA key transport) is the third argument, which the test encrypts for itself.

Usage: wss.py FOLDER CERTIFICATE KEY
"""
import os, ssl, struct, sys

SERVER = ("192.0.2.2", 443)


def ip(address):
    return bytes(int(part) for part in address.split("."))


class Capture:
    def __init__(self, client):
        self.packets = []
        self.client = client
        self.sequences = {client: 1, SERVER: 1}

    def packet(self, time, source, destination, protocol, body):
        head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(body), 0, 0, 64, protocol, 0) + ip(source[0]) + ip(destination[0])
        self.packets.append((time, b"\2" * 12 + b"\x08\0" + head + body))

    def segment(self, time, source, octets, flags=0x18):
        destination = SERVER if source == self.client else self.client
        number = self.sequences[source]
        self.sequences[source] = number + len(octets)
        head = struct.pack("!HHIIBBHHH", source[1], destination[1], number, 0, 0x50, flags, 65535, 0, 0)
        self.packet(time, source, destination, 6, head + octets)

    def datagram(self, time, source, destination, octets):
        self.packet(time, source, destination, 17, struct.pack("!HHHH", source[1], destination[1], 8 + len(octets), 0) + octets)

    def write(self, path):
        with open(path, "wb") as file:
            file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
            for time, octets in sorted(self.packets, key=lambda packet: packet[0]):
                file.write(struct.pack("<IIII", 1_790_000_000 + time // 1000, time % 1000 * 1000, len(octets), len(octets)) + octets)


def frame(text, mask):
    """One WebSocket text message (RFC 6455 section 5.2)."""
    octets = text.encode()
    head = bytes([0x81]) + (bytes([0x80 * bool(mask) | 126]) + struct.pack("!H", len(octets)))
    if not mask:
        return head + octets
    key = b"\x37\xfa\x21\x3d"
    return head + key + bytes(octet ^ key[index % 4] for index, octet in enumerate(octets))


def sip(number, start, cseq, method, body=""):
    lines = [
        start, "Via: SIP/2.0/WSS client.invalid;branch=z9hG4bK%d%s" % (cseq, method), "From: <sip:ann@example.test>;tag=a",
        "To: <sip:bob@example.test>" + ("" if start.startswith("INVITE") else ";tag=b"), f"Call-ID: wss-{number}@example.test", f"CSeq: {cseq} {method}",
        "Contact: <sip:%s@192.0.2.1;transport=ws>" % ("bob" if start.startswith("SIP") else "ann"),
    ]
    lines += ["Content-Type: application/sdp"] if body else []
    return "\r\n".join(lines + [f"Content-Length: {len(body)}", "", body])


def sdp(address, port):
    return "\r\n".join(["v=0", f"o=- 1 1 IN IP4 {address}", "s=-", f"c=IN IP4 {address}", "t=0 0", f"m=audio {port} RTP/AVP 0", "a=sendrecv", ""])


def make(path, number, client_context, server_context):
    # Captures differ in ports, so that they can be read together.
    client_end, media = ("192.0.2.1", 40000 + number), (("192.0.2.1", 4000 + 2 * number), ("192.0.2.2", 6000 + 2 * number))
    log = path.replace(".pcap", ".keys.log")
    if os.path.exists(log):
        os.remove(log)
    client_context.keylog_filename = log
    ends = {}
    for name, context, isServer in [(client_end, client_context, False), (SERVER, server_context, True)]:
        incoming, outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        ends[name] = (context.wrap_bio(incoming, outgoing, server_side=isServer), incoming, outgoing)
    capture = Capture(client_end)
    capture.segment(0, client_end, b"", 2)
    capture.sequences[client_end] += 1
    capture.segment(1, SERVER, b"", 0x12)
    capture.sequences[SERVER] += 1

    def carry(time):
        for name, other in [(client_end, SERVER), (SERVER, client_end)]:
            octets = ends[name][2].read()
            # Records are split over segments of 500 octets.
            for start in range(0, len(octets), 500):
                capture.segment(time, name, octets[start : start + 500])
            if octets:
                ends[other][1].write(octets)

    for step in range(6):
        for name in ends:
            try:
                ends[name][0].do_handshake()
            except ssl.SSLWantReadError:
                pass
            carry(2 + step)

    def say(time, name, octets):
        ends[name][0].write(octets)
        carry(time)
        other = SERVER if name == client_end else client_end
        ends[other][0].read(100000)

    upgrade = "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Protocol: sip\r\n"
    say(20, client_end, f"GET / HTTP/1.1\r\nHost: example.test\r\n{upgrade}Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n".encode())
    say(30, SERVER, f"HTTP/1.1 101 Switching Protocols\r\n{upgrade}Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n".encode())
    say(100, client_end, frame(sip(number, "INVITE sip:bob@example.test SIP/2.0", 1, "INVITE", sdp(*media[0])), True))
    say(200, SERVER, frame(sip(number, "SIP/2.0 200 OK", 1, "INVITE", sdp(*media[1])), False))
    say(220, client_end, frame(sip(number, "ACK sip:bob@example.test SIP/2.0", 1, "ACK"), True))
    for count in range(30):
        for side in (0, 1):
            head = struct.pack("!BBHII", 0x80, 0, 100 + count, 160 * count, 0x1000 + 2 * number + side)
            capture.datagram(300 + 20 * count + side, media[side], media[1 - side], head + bytes([0x55 + side]) * 160)
    say(950, client_end, frame(sip(number, "BYE sip:bob@example.test SIP/2.0", 2, "BYE"), True))
    say(960, SERVER, frame(sip(number, "SIP/2.0 200 OK", 2, "BYE"), False))
    capture.write(path)
    print(path, len(capture.packets), "packets")


def contexts(certificate, key, version, ciphers=None):
    client, server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    server.load_cert_chain(certificate, key)
    for context in (client, server):
        context.minimum_version = context.maximum_version = version
        if ciphers:
            context.set_ciphers(ciphers)
    return client, server


folder, certificate, key = sys.argv[1:]
make(os.path.join(folder, "wss-tls13.pcap"), 1, *contexts(certificate, key, ssl.TLSVersion.TLSv1_3))
make(os.path.join(folder, "wss-rsa.pcap"), 2, *contexts(certificate, key, ssl.TLSVersion.TLSv1_2, "AES128-SHA256:@SECLEVEL=0"))
