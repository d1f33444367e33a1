import Evidence
import Glibc
import MediaCodecs
import NetworkLayers
import RTPSyntax
import RecordingMetadata
import SDPSyntax
import SIPSyntax
import SRTPDecryption
import StreamMatching

/// One part of the program by itself, on one input, again and again: `benchmark-parts FOLDER NAME COUNT`. Benchmarks/instructions counts what the
/// calls cost and writes the inputs to FOLDER. Without NAME the time of each is told.
@main
enum Parts {
    struct Part {
        let name: String
        /// Octets of input that one call reads.
        let octets: Int
        /// Calls once, and says something of the outcome so that the optimizer can not leave the call out. Nil: it went wrong.
        let call: () -> Int?
    }

    static func main() {
        let words = CommandLine.arguments
        guard words.count == 2 || words.count == 4 else { stop("usage: benchmark-parts FOLDER [NAME COUNT]") }
        let parts = all(words[1])
        if words.count == 4 {
            guard let part = parts.first(where: { $0.name == words[2] }), let count = Int(words[3]) else { stop("no part is called \(words[2])") }
            run(part, count)
            return
        }
        for part in parts {
            var count = 1
            var passed = 0.0
            while passed < 0.2 {
                count *= 4
                let begun = seconds()
                run(part, count)
                passed = seconds() - begun
            }
            let each = passed / Double(count)
            print("\(part.name): \(Int(each * 1e9)) ns" + (part.octets > 0 ? ", \(Int(Double(part.octets) / each / 1e6)) MB/s" : ""))
        }
    }

    private static func run(_ part: Part, _ count: Int) {
        var sum = 0
        for _ in 0..<count {
            guard let value = part.call() else { stop("\(part.name) went wrong") }
            sum &+= value
        }
        if sum == .min { print(sum) }
    }

    private static func all(_ folder: String) -> [Part] {
        let frame = octets(folder, "frame"), message = octets(folder, "message"), description = octets(folder, "description")
        let metadata = octets(folder, "metadata"), secure = octets(folder, "secure"), key = octets(folder, "key")
        return [
            Part(name: "headers", octets: frame.count) { headers(frame) },
            Part(name: "sip", octets: message.count) { SIPMessage(parsing: message, limits: Limits())?.body.count },
            Part(name: "sdp", octets: description.count) { SessionDescription(parsing: description)?.media.count },
            Part(name: "xml", octets: metadata.count) { RecordingDocument(parsing: metadata).streams.count },
            flowLookup("flow-1000", among: 1000), flowLookup("flow-100000", among: 100_000),
            unprotect(secure, key),
            decode("pcmu", "PCMU", .narrowband, packets(octets(folder, "pcmu"))), decode("opus", "OPUS", .opus, packets(octets(folder, "opus"))),
            decode("g729", "G729", .narrowband, packets(octets(folder, "g729"))),
        ]
    }

    /// Ethernet, IPv4, UDP, RTP.
    private static func headers(_ frame: [UInt8]) -> Int? {
        let bytes = frame.span.bytes
        guard case .udp(let datagram) = FrameContent.decode(bytes, linkType: 1),
            let header = RTPHeader(parsing: bytes, at: datagram.payloadStart, count: datagram.payloadCount)
        else { return nil }
        return Int(header.sequence.value) &+ Int(header.ssrc.value) &+ Int(datagram.source.port)
    }

    private static func flowLookup(_ name: String, among flows: Int) -> Part {
        func path(_ number: Int) -> NetworkPath {
            NetworkPath(
                source: Endpoint(IPAddress(v4: 0x0A01_0000 &+ UInt32(number)), UInt16(16_384 + number % 4096 * 8)),
                destination: Endpoint(IPAddress(v4: 0x0A02_0000 &+ UInt32(number)), UInt16(16_386 + number % 4096 * 8)))
        }
        var table = FlowTable(limit: flows, key: 0x1234_5678_9ABC_DEF1)
        for number in 0..<flows {
            table.add(
                path: path(number), ssrc: SSRC(UInt32(number)), arrival: CaptureTime(nanoseconds: 0), origin: Origin(capture: 0, frame: 1),
                sequence: SequenceNumber(0), timestamp: RTPTimestamp(0), type: PayloadType(0), octets: 160, isCut: false)
        }
        let filled = table
        var number = 0
        return Part(name: name, octets: 0) {
            // A packet of each stream in turn, as they come.
            number = number + 1 == flows ? 0 : number + 1
            return filled.find(path(number), SSRC(UInt32(number)))
        }
    }

    private static func unprotect(_ packet: [UInt8], _ key: [UInt8]) -> Part {
        let context = SRTPMasterKey(suite: .AES_CM_128_HMAC_SHA1_80, keyAndSalt: key).flatMap { SRTPContext($0) }
        var out: [UInt8] = []
        return Part(name: "unprotect", octets: packet.count) {
            let bytes = packet.span.bytes
            guard let context, let header = RTPHeader(parsing: bytes, at: 0, count: packet.count) else { return nil }
            return context.open(bytes, header: header, roc: 0, into: &out) ? out.count : nil
        }
    }

    private static func decode(_ name: String, _ encoding: String, _ rate: ClockRate, _ packets: [[UInt8]]) -> Part {
        let decoder = CodecRegistry.makeDecoder(for: CodecDescription(encoding: encoding, clockRate: rate, channels: encoding == "OPUS" ? 2 : 1))
        var out: [Int16] = []
        var number = 0
        return Part(name: name, octets: 0) {
            out.removeAll(keepingCapacity: true)
            number = number + 1 == packets.count ? 0 : number + 1
            let packet = packets[number]
            guard let decoder, case .frames(let frames) = decoder.decode(packet.span.bytes, into: &out) else { return nil }
            return frames
        }
    }

    /// Packets, each after its length in 16 bits.
    private static func packets(_ octets: [UInt8]) -> [[UInt8]] {
        var out: [[UInt8]] = []
        var at = 0
        while at + 2 <= octets.count {
            let end = min(octets.count, at + 2 + Int(octets[at]) << 8 + Int(octets[at + 1]))
            out.append(Array(octets[at + 2..<end]))
            at = end
        }
        return out
    }

    private static func octets(_ folder: String, _ name: String) -> [UInt8] {
        guard let file = fopen("\(folder)/\(name)", "rb") else { stop("no \(folder)/\(name)") }
        defer { fclose(file) }
        var out: [UInt8] = []
        var part = [UInt8](repeating: 0, count: 65_536)
        while case let count = fread(&part, 1, part.count, file), count > 0 { out += part[..<count] }
        return out
    }

    private static func seconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private static func stop(_ why: String) -> Never {
        let text = "benchmark-parts: \(why)\n"
        text.withCString { _ = write(STDERR_FILENO, $0, strlen($0)) }
        exit(2)
    }
}
