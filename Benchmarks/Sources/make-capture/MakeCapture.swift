import Foundation

@main
struct MakeCapture {
    static let usage = """
        usage: Benchmarks/make-capture FILE.pcap [--size-mb N] [--recordings N] [--sample FILE.pcap]

        Writes a capture of about N megabytes (500) in which N recording sessions (500) run at the same time, interleaved packet by packet.
        Made from the signalling and audio of a sample (SamplePcaps/01-basic-pcmu-udp). The same options give the same octets.
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
        var sample = "SamplePcaps/01-basic-pcmu-udp/capture.pcap"
        var rest = arguments[...]
        while let argument = rest.popFirst() {
            switch argument {
            case "--help", "-h":
                print(usage)
                return
            case "--size-mb": size = try number(rest.popFirst(), 1...1_000_000)
            case "--recordings": recordings = try number(rest.popFirst(), 1...Identity.limit)
            case "--sample": sample = rest.popFirst() ?? ""
            default:
                guard output == nil, !argument.hasPrefix("-") else { throw Failure("what is \(argument)?\n\(usage)") }
                output = argument
            }
        }
        guard let output else { throw Failure("no output file\n\(usage)") }
        let generator = try Generator(sample: SampleCapture(path: sample), recordings: recordings)
        let writer = try CaptureWriter(path: output)
        let seconds = try generator.write(to: writer, octets: size * 1_000_000)
        print(
            "{\"file\":\"\(output)\",\"bytes\":\(writer.octets),\"packets\":\(writer.packets),\"recordings\":\(recordings),"
                + "\"streams\":\(generator.streamCount),\"mediaSeconds\":\(seconds)}")
    }

    static func number(_ text: String?, _ range: ClosedRange<Int>) throws -> Int {
        guard let text, let value = Int(text), range.contains(value) else { throw Failure("a number in \(range) is wanted, not \(text ?? "nothing")") }
        return value
    }
}
