"""A call whose every text attacks the page that shows it, as a pcap: INVITE, 200, ACK, two streams of G.711, BYE."""
import struct

HOSTILE = "</title><script>window.hacked=1</script><img src=x onerror=window.hacked=1>\"' onload='window.hacked=1' \x1b[31m\u202egnp"
CALLER, CALLEE = "192.0.2.1", "192.0.2.2"


def _frame(source, destination, ports, payload):
    udp = struct.pack("!HHHH", *ports, 8 + len(payload), 0) + payload
    addresses = bytes(map(int, source.split("."))) + bytes(map(int, destination.split(".")))
    head = struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0) + addresses
    total = sum(struct.unpack("!10H", head))
    total = (total & 0xFFFF) + (total >> 16)
    head = head[:10] + struct.pack("!H", ~(total + (total >> 16)) & 0xFFFF) + head[12:]
    return b"\x02\0\0\0\0\x02\x02\0\0\0\0\x01\x08\0" + head + udp


def _message(start, cseq, tags, body=b"", agent=HOSTILE):
    lines = [
        start, f"Via: SIP/2.0/UDP {CALLER}:5060;branch=z9hG4bK{cseq.split()[0]}", f'From: "{HOSTILE[:80]}" <sip:mallory@example.com>;tag=a',
        f"To: <sip:{'x' * 300}<script>@example.com>" + (";tag=b" if tags else ""), "Call-ID: <script>window.hacked=1</script>@example.com", f"CSeq: {cseq}",
        f"User-Agent: {agent}", "Contact: <sip:mallory@192.0.2.1>", "Max-Forwards: 70",
    ]
    if body:
        lines.append("Content-Type: application/sdp")
    lines += [f"Content-Length: {len(body)}", "", ""]
    return "\r\n".join(lines).encode() + body


def _description(address, port):
    return (
        f"v=0\r\no={HOSTILE} 1 1 IN IP4 {address}\r\ns={HOSTILE}\r\nc=IN IP4 {address}\r\nt=0 0\r\nm=audio {port} RTP/AVP 0\r\n"
        f"a=rtpmap:0 PCMU/8000\r\na=label:<svg/onload=window.hacked=1>\r\n"
    ).encode()


def write(path):
    packets = []

    def sip(at, is_caller, payload):
        ends = (CALLER, CALLEE) if is_caller else (CALLEE, CALLER)
        packets.append((at, _frame(*ends, (5060, 5060), payload)))

    sip(0.0, True, _message("INVITE sip:bob@example.com SIP/2.0", "1 INVITE", False, _description(CALLER, 30000)))
    sip(0.1, False, _message(f"SIP/2.0 200 {HOSTILE}", "1 INVITE", True, _description(CALLEE, 40000)))
    sip(0.2, True, _message("ACK sip:bob@example.com SIP/2.0", "1 ACK", True))
    for number in range(150):
        for source, destination, ports, ssrc in ((CALLER, CALLEE, (30000, 40000), 1), (CALLEE, CALLER, (40000, 30000), 2)):
            if ssrc == 2 and 60 <= number < 75:
                continue
            sound = bytes(0x80 + (number * 7 + sample) % 100 for sample in range(160))
            rtp = struct.pack("!BBHII", 0x80, 0, number, number * 160, ssrc) + sound
            packets.append((0.3 + number * 0.02, _frame(source, destination, ports, rtp)))
    sip(3.4, True, _message("BYE sip:bob@example.com SIP/2.0", "2 BYE", True))
    sip(3.5, False, _message("SIP/2.0 200 OK", "2 BYE", True))
    with open(path, "wb") as file:
        file.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 65535, 1))
        for at, frame in sorted(packets, key=lambda packet: packet[0]):
            micro = round(at * 1e6)
            file.write(struct.pack("<IIII", 1_795_000_000 + micro // 1_000_000, micro % 1_000_000, len(frame), len(frame)) + frame)
