import Evidence
import Foundation
import TLSDecryption
import Testing

/// Connections recorded between a client and a server of OpenSSL, GnuTLS or NSS, with the secrets that the client logged;
/// `Scripts/tls-fixtures` makes them.
struct Recorded {
    typealias Event = (side: TLSSide, octets: [UInt8])

    var keyLog: [UInt8] = []
    /// Of the first connection.
    var events: [Event] = []
    /// Of those that came after it.
    var later: [[Event]] = []
    var export: [UInt8] = []
    var fingerprint: [UInt8] = []

    init(_ name: String) throws {
        let text = String(decoding: try Self.file(name + ".txt"), as: UTF8.self)
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            if line == "new" { later.append([]) }
            guard words.count == 2 else { continue }
            switch words[0] {
            case "key": keyLog += Array(words[1].utf8) + [0x0A]
            case "export": export = try #require(Hex.decode(words[1].lowercased()))
            case "fingerprint": fingerprint = try #require(Hex.decode(words[1]))
            default:
                let event: Event = (words[0] == ">" ? .forward : .backward, try #require(Hex.decode(words[1])))
                if later.isEmpty { events.append(event) } else { later[later.count - 1].append(event) }
            }
        }
    }

    static func file(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Fixtures", withExtension: nil))
        return [UInt8](try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    var secrets: TLSSecrets {
        let secrets = TLSSecrets()
        secrets.add(TLSKeyLog(parsing: keyLog))
        return secrets
    }

    static func origins(_ number: Int) -> OriginMap { OriginMap(Origin(capture: 0, frame: UInt32(number + 1)), at: CaptureTime(nanoseconds: Int64(number))) }

    /// What comes out, with all faults.
    static func open(_ events: [Event], _ secrets: TLSSecrets, lost: Set<Int> = []) -> (clear: [TLSClear], faults: [TLSFault]) {
        var connection = TLSConnection(secrets: secrets)
        var clear: [TLSClear] = []
        var holes: [TLSSide: Int] = [:]
        for (number, event) in events.enumerated() {
            if lost.contains(number) {
                holes[event.side, default: 0] += event.octets.count
                continue
            }
            clear += connection.feed(event.side, event.octets, origins: origins(number), lostBefore: holes.removeValue(forKey: event.side) ?? 0)
        }
        clear += connection.finish()
        return (clear, connection.takeFaults())
    }
}

extension [TLSClear] {
    func text(_ side: TLSSide) -> String { String(decoding: filter { $0.side == side }.flatMap(\.octets), as: UTF8.self) }
}
