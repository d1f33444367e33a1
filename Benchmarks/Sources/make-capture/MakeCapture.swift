import Foundation

@main
struct MakeCapture {
    static let usage = """
        usage: Benchmarks/make-capture FILE.pcap [--size-mb N] [--recordings N] [--kinds LIST] [--seconds N] [--sample FILE.pcap]
               Benchmarks/make-capture --opus-payloads FILE

        Writes a capture of about N megabytes (500) in which N recording sessions (500) run at the same time, interleaved packet by packet.
        Made from the signalling and audio of a sample (SamplePcaps/01-basic-pcmu-udp). The same options give the same octets.

          --kinds LIST     what they carry, in turn: pcmu, opus, srtp (PCMU under AES_CM_128_HMAC_SHA1_80, each stream with its own key), g729 (pcmu)
          --seconds N      the longest media of one session; when it ends, another begins in its place. Without it each lasts as long as the capture.
          --opus-payloads  writes only the Opus packets that are used, each after its length, for Benchmarks/floors
        """

    static func main() {
        do {
            try run(Array(CommandLine.arguments.dropFirst()))
        } catch {
            FileHandle.standardError.write(Data("make-capture: \(error)\n".utf8))
            exit(2)
        }
    }

    static func run(_ arguments: [String]) throws {
        var output: String?
        var size = 500
        var recordings = 500
        var seconds: Int?
        var kinds: [MediaKind] = [.pcmu]
        var payloads: String?
        var root = "."
        var sample: String?
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h":
                print(usage)
                return
            case "--size-mb": size = try number(rest.popFirst(), 1...1_000_000)
            case "--recordings": recordings = try number(rest.popFirst(), 1...Identity.limit)
            case "--seconds": seconds = try number(rest.popFirst(), 3...86_400)
            case "--kinds":
                kinds = try (rest.popFirst() ?? "").split(separator: ",").map {
                    guard let kind = MediaKind(rawValue: String($0)) else { throw Failure("no kind of media is \($0)\n\(usage)") }
                    return kind
                }
                guard !kinds.isEmpty else { throw Failure("no kind of media\n\(usage)") }
            case "--opus-payloads": payloads = rest.popFirst()
            // Of the checkout: the wrapper says it.
            case "--root": root = rest.popFirst() ?? ""
            case "--sample": sample = rest.popFirst()
            default:
                guard output == nil, !argument.hasPrefix("-") else { throw Failure("what is \(argument)?\n\(usage)") }
                output = argument
            }
        }
        let capture = try SampleCapture(path: sample ?? "\(root)/SamplePcaps/01-basic-pcmu-udp/capture.pcap")
        let streams = try sources(root: root, sample: capture)
        if let payloads {
            guard let opus = streams[.opus]?.first else { throw Failure("no Opus") }
            try Data(opus.framed).write(to: URL(fileURLWithPath: payloads))
            return
        }
        guard let output else { throw Failure("no output file\n\(usage)") }
        var generator = try Generator(sample: capture, streams: streams, kinds: kinds, live: recordings, longest: seconds.map { $0 * 50 })
        let writer = try CaptureWriter(path: output)
        let mean = try generator.write(to: writer, octets: size * 1_000_000)
        let counts = MediaKind.allCases.compactMap { kind in generator.packets[kind].map { "\"\(kind.rawValue)\":\($0)" } }.joined(separator: ",")
        print(
            "{\"file\":\"\(output)\",\"bytes\":\(writer.octets),\"packets\":\(writer.packets),\"live\":\(recordings),\"recordings\":\(generator.sessionCount),"
                + "\"streams\":\(generator.streamCount),\"mediaSeconds\":\(mean),\"media\":{\(counts)}}")
    }

    /// Payloads of both participants by kind: PCMU of the sample, Opus of sample 04's first participant, G.729 of a file (Benchmarks/README.md).
    static func sources(root: String, sample: SampleCapture) throws -> [MediaKind: [Payloads]] {
        let pcmu = sample.media.map { packets in
            Payloads(packets.filter { $0.payload.count == packets[0].payload.count }.map { $0.payload[12...] })
        }
        let talk = try SampleCapture(path: "\(root)/SamplePcaps/04-opus-dtx/capture.pcap").media.max { $0.count < $1.count } ?? []
        let opus = Payloads(talk.map { $0.payload[12...] })
        guard let coded = FileManager.default.contents(atPath: "\(root)/Benchmarks/g729.payloads"), !coded.isEmpty, coded.count % 20 == 0 else {
            throw Failure("cannot read Benchmarks/g729.payloads")
        }
        let g729 = Payloads(stride(from: 0, to: coded.count, by: 20).map { coded[$0..<$0 + 20] })
        return [.pcmu: pcmu, .srtp: pcmu, .opus: pcmu.map { _ in opus }, .g729: pcmu.map { _ in g729 }]
    }

    static func number(_ text: String?, _ range: ClosedRange<Int>) throws -> Int {
        guard let text, let value = Int(text), range.contains(value) else { throw Failure("a number in \(range) is wanted, not \(text ?? "nothing")") }
        return value
    }
}
