import MediaPlayout
package import RecordingRecords

/// A recording in one plain sentence: `Alice and Bob, 3 min 12 s, complete`, or `…; Bob lost 0.8 s`.
package enum RecordingSentence {
    /// Characters of a name.
    private static let longestName = 60
    private static let mostNames = 4

    package static func text(_ record: RecordingRecord) -> String {
        let people = names(record.participants.map(name))
        let who = people.isEmpty ? "Unknown participants" : people
        let troubles = troubles(of: record)
        let state = record.complete ? "complete" : troubles.isEmpty ? "incomplete: see the findings" : "incomplete"
        let faxes = record.events.filter { $0.type == .fax }.map { event in
            "a fax (T.38)\(event.detail["duration"].flatMap(Double.init).map { " of \(duration($0))" } ?? "") is not decoded"
        }
        return (["\(who), \(duration(record.duration.value)), \(state)"] + troubles + faxes.prefix(mostNames)).joined(separator: "; ")
    }

    /// The display name, else the address, else the id; cut where it is too long to read.
    package static func name(_ participant: ParticipantRecord) -> String {
        let name = participant.names.last?.value ?? participant.aor.map(plain) ?? participant.id
        return name.unicodeScalars.count > longestName ? String(String.UnicodeScalarView(name.unicodeScalars.prefix(longestName))) + "…" : name
    }

    /// An address as people write it: without scheme and parameters.
    private static func plain(_ address: String) -> String {
        let bare = address.prefix { $0 != ";" }
        for scheme in ["sip:", "sips:", "tel:"] where bare.hasPrefix(scheme) && bare.count > scheme.count { return String(bare.dropFirst(scheme.count)) }
        return String(bare)
    }

    /// `3 min 12 s`, `0.8 s`, `20 ms`, `1 h 2 min`.
    package static func duration(_ seconds: Double) -> String {
        if seconds > 0.0005, seconds < 0.0995 { return "\(Int((seconds * 1000).rounded())) ms" }
        if seconds < 9.95 { return "\((max(0, seconds) * 10).rounded() / 10)".replacingZeroFraction + " s" }
        guard seconds < 1e12 else { return "an unknown time" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole) s" }
        if whole < 3600 { return whole % 60 == 0 ? "\(whole / 60) min" : "\(whole / 60) min \(whole % 60) s" }
        let minutes = Int((seconds / 60).rounded())
        return minutes % 60 == 0 ? "\(minutes / 60) h" : "\(minutes / 60) h \(minutes % 60) min"
    }

    private static func names(_ names: [String]) -> String {
        guard names.count > mostNames else {
            guard let last = names.last, names.count > 1 else { return names.first ?? "" }
            return names.dropLast().joined(separator: ", ") + " and " + last
        }
        return names.prefix(mostNames - 1).joined(separator: ", ") + " and \(names.count - mostNames + 1) more"
    }

    /// What is missing, by who it is missing from, in the order of streams.
    private static func troubles(of record: RecordingRecord) -> [String] {
        var out: [String] = []
        for stream in record.streams where stream.media == "audio" {
            var groups: [(senders: [String], seconds: [Loss: Double])] = []
            for gap in stream.gaps {
                guard let loss = Loss(gap) else { continue }
                let senders = record.senders(of: gap, in: stream)
                let place = groups.firstIndex { $0.senders == senders.map(\.id) } ?? groups.count
                if place == groups.count { groups.append((senders.map(\.id), [:])) }
                groups[place].seconds[loss, default: 0] += gap.duration.value
            }
            out += unheard(stream, record)
            for group in groups {
                let senders = record.participants.filter { group.senders.contains($0.id) }.map(name)
                let who = senders.isEmpty ? "stream \(stream.label ?? stream.id)" : names(senders)
                for loss in Loss.allCases {
                    guard let time = group.seconds[loss], time > 0 else { continue }
                    out.append(loss.words(who, time < 0.05 ? "a moment" : duration(time)))
                }
            }
        }
        return out
    }

    /// Packets that no gap speaks of.
    private static func unheard(_ stream: StreamRecord, _ record: RecordingRecord) -> [String] {
        var sums: [PacketFate: Int] = [:]
        for (fate, packets) in stream.flows.flatMap({ $0.fates?.missing ?? [] }) { sums[fate, default: 0] += packets }
        let people = record.participants.filter { stream.participants.contains($0.id) }.map(name)
        let who = people.isEmpty ? "stream \(stream.label ?? stream.id)" : names(people)
        return PacketFate.allCases.compactMap { fate in
            guard let packets = sums[fate] else { return nil }
            let count = "\(packets) \(packets == 1 ? "packet" : "packets") of \(who)"
            return switch fate {
            case .late: "\(count) came too late"
            case .contradicted: "\(count) contradict the others"
            case .refused: "\(count) rejected by the decoder"
            case .limit: "\(count) beyond a limit"
            case .notDecodable, .notOpened, .heard, .repair, .copy, .paused, .notWanted: nil
            }
        }
    }

    /// Gaps by what a reader is to do about them.
    private enum Loss: CaseIterable {
        case lost, dropped, cut, absent, locked, unsupported, unknown

        init?(_ gap: GapRecord) {
            switch gap.cause {
            case .networkLoss: self = .lost
            case .captureDrop: self = .dropped
            case .snapLength: self = .cut
            case .fileMissing: self = .absent
            case .noKey, .authenticationFailure: self = .locked
            case .codecUnsupported: self = .unsupported
            case .unknown:
                guard gap.isLoss else { return nil }
                self = .unknown
            case .discontinuousTransmission, .hold, .pause, .notNegotiated: return nil
            }
        }

        func words(_ who: String, _ time: String) -> String {
            switch self {
            case .lost: "\(who) lost \(time)"
            case .dropped: "\(time) of \(who) dropped by the capture"
            case .cut: "\(time) of \(who) truncated by the snap length"
            case .absent: "\(time) of \(who) in a missing capture file"
            case .locked: "\(time) of \(who) not decrypted"
            case .unsupported: "\(time) of \(who) in an unsupported codec"
            case .unknown: "nothing from \(who) for \(time)"
            }
        }
    }
}

extension String {
    /// `2.0` as `2`.
    fileprivate var replacingZeroFraction: String { hasSuffix(".0") ? String(dropLast(2)) : self }
}

extension RecordingRecord {
    /// Who was to be heard when a gap began: of the stream's participants those who sent on it then, all of them where that is not said.
    ///
    /// Times of one form are in the order of their text.
    package func senders(of gap: GapRecord, in stream: StreamRecord) -> [ParticipantRecord] {
        let all = participants.filter { stream.participants.contains($0.id) }
        let then = all.filter { person in
            person.sends.contains { $0.stream == stream.id && $0.start ?? "" <= gap.start && $0.end.map { gap.start < $0 } ?? true }
        }
        return then.isEmpty ? all : then
    }
}
