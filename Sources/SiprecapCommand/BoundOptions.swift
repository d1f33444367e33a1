import ArgumentParser
import Siprecap

/// What the user says of the captures beyond their packets, and the bounds of what is kept of them.
struct BoundOptions: ParsableArguments {
    @Option(
        name: .customLong("decode-as"),
        help: ArgumentHelp(
            "Override the protocol or codec of a UDP port: udp.port==N,sip or udp.port==N,rtp, "
                + "or udp.port==N,rtp:PT=CODEC/RATE to set the codec of a payload type. Repeatable.",
            valueName: "rule"))
    var decodeAs: [String] = []

    @Option(
        name: .customLong("clock-offset"),
        help: ArgumentHelp(
            "Add SECONDS to all times of an input file or folder before packets are sorted. Repeatable.", valueName: "file=seconds"))
    var clockOffsets: [String] = []

    @Option(
        name: .customLong("memory-limit"),
        help: ArgumentHelp(
            "Lower the limits below to fit this amount of memory, for example 512M or 2G; at least 64M.", valueName: "size"))
    var memoryLimit: MemorySize?

    @Option(
        name: .customLong("limit"),
        help: ArgumentHelp(
            "Set one limit; reaching it is a finding. Repeatable. Names and defaults: \(Options.Reading.limitNames).", valueName: "name=n"))
    var limits: [String] = []

    /// What can not be understood is a usage error.
    func validate() throws {
        var reading = Options.Reading()
        apply(to: &reading)
        do throws(SiprecapError) { try reading.checkBounds() } catch { throw error.asUsage }
    }

    func apply(to reading: inout Options.Reading) {
        reading.memoryLimit = memoryLimit?.octets
        reading.limits = limits
        reading.decodeAs = decodeAs
        reading.clockOffsets = clockOffsets
    }
}

/// Octets as users write them: a number, or one with K, M, G or T for powers of 1024.
struct MemorySize: ExpressibleByArgument {
    let octets: Int

    init?(argument: String) {
        var digits = argument.uppercased()[...]
        for end in ["IB", "B"] where digits.hasSuffix(end) {
            digits = digits.dropLast(end.count)
            break
        }
        var scale = 1
        if let unit = digits.last, let power = ["K", "M", "G", "T"].firstIndex(of: String(unit)) {
            scale = 1 << (10 * (power + 1))
            digits = digits.dropLast()
        }
        guard let number = Int(digits), number > 0 else { return nil }
        let (octets, over) = number.multipliedReportingOverflow(by: scale)
        guard !over, octets >= Options.Reading.leastMemory else { return nil }
        self.octets = octets
    }
}
