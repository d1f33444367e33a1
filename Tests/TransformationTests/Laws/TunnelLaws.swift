import TestSupport
import Testing

/// What packets are wrapped in.
@Suite(.serialized) struct TunnelLaws {
    struct Wrapping: Sendable, CustomTestStringConvertible {
        let name: String
        let linkType: UInt32
        let wrap: @Sendable ([UInt8], Frame) -> [UInt8]?
        /// Whether UDP datagrams are all that it can hold.
        var isOfDatagrams = false
        var testDescription: String { name }
    }

    static let wrappings: [Wrapping] =
        Encapsulations.links.map { link in Wrapping(name: link.name, linkType: link.type) { packet, _ in link.wrap(packet) } }
        + Encapsulations.tunnels.map { way in Wrapping(name: way.name, linkType: 1) { packet, _ in Encapsulations.ethernet(0x0800, way.wrap(packet)) } }
        + [
            Wrapping(
                name: "HEP 3", linkType: 1,
                wrap: { packet, frame in
                    let time = (Int(frame.time / Capture.second), Int(frame.time % Capture.second / 1000))
                    let hep = Encapsulations.hep3(packet, seconds: time.0, microseconds: time.1)
                    return Encapsulations.ethernet(0x0800, Encapsulations.udp(to: 9060, hep))
                }, isOfDatagrams: true),
            Wrapping(
                name: "HEP 1", linkType: 1,
                wrap: { packet, _ in Encapsulations.ethernet(0x0800, Encapsulations.udp(to: 9060, Encapsulations.hep(1, packet))) }, isOfDatagrams: true),
            Wrapping(
                name: "HEP 2", linkType: 1,
                wrap: { packet, _ in Encapsulations.ethernet(0x0800, Encapsulations.udp(to: 9060, Encapsulations.hep(2, packet))) }, isOfDatagrams: true),
        ]

    /// Each wrapping with one of the usual samples; of all captures each with some wrappings.
    static let trials: [(Wrapping, Trial)] = {
        let trials = Trial.of("01-", "05-", "06-", "08-", "16-")
        guard !trials.isEmpty else { return [] }
        if Setting.corpus.isEmpty {
            return wrappings.indices.map { (wrappings[$0], wrappings[$0].isOfDatagrams ? trials[0] : trials[($0 + Int(Setting.firstSeed)) % trials.count]) }
                // Its first octet is one that media begins with.
                + trials.flatMap { trial in wrappings.filter { $0.name == "VXLAN, group policy" }.map { ($0, trial) } }
        }
        return trials.flatMap { trial in
            var random = trial.random
            return wrappings.shuffled(using: &random).prefix(6).map { ($0, trial) }
        }
    }()

    @Test("wrapped in another link layer or tunnel", arguments: trials)
    func wrapped(wrapping: Wrapping, trial: Trial) async throws {
        let capture = try trial.sample.load()
        guard capture.hasOnlyIPv4, capture.isWhole, !wrapping.isOfDatagrams || capture.hasOnlyUDP && !capture.hasFragments else { return }
        let wrapped = capture.wrapped(linkType: wrapping.linkType, wrapping.wrap)
        // Times of HEP are microseconds.
        let comparison = Comparison(ignoring: ["findings"], tolerance: wrapping.isOfDatagrams ? 1e-6 : 0)
        try await Law(name: "wrapped in \(wrapping.name)", comparison: comparison).check(trial, capture, [wrapped])
    }
}
