import Evidence
import SDPSyntax
import SIPDialogs
import StreamMatching

extension Conformance {
    static let descriptionChecks: [ConformanceCheck] = [
        ConformanceCheck(rules: [.rec014, .rec015], run: reportRecordAttributes),
        ConformanceCheck(rules: [.rec053, .rec054], run: reportProfilesAndContent),
        ConformanceCheck(rules: [.rec004, .rec016, .rec017], run: reportChanges),
        ConformanceCheck(rules: [.rec018, .rec019, .rec021], run: reportLines),
        ConformanceCheck(rules: [.rec020]) { session, findings in
            for negotiation in session.dialog.negotiations {
                guard let answer = negotiation.answer, let origins = negotiation.answerOrigins else { continue }
                for (offered, answered) in zip(negotiation.offer.media, answer.media) where !offered.cryptoLines.isEmpty {
                    for line in answered.cryptoLines
                    where !offered.cryptoLines.contains(where: { $0.tag == line.tag && $0.suite.uppercased() == line.suite.uppercased() }) {
                        findings.report(
                            .rec020, "the answer selects crypto tag \(line.tag) with \(line.suite), which was not offered", at: origins.origin(at: line.offset),
                            subject: session.subject)
                    }
                }
            }
        },
    ]

    @Sendable
    private static func reportRecordAttributes(_ session: SessionEvidence, _ findings: inout FindingLog) {
        for item in session.descriptions {
            func check(_ attributes: SDPAttributes) {
                for attribute in attributes {
                    let known: Set<String>
                    switch attribute.name {
                    case "record": known = ["on", "off", "paused"]
                    case "recordpref": known = ["on", "off", "pause", "nopreference"]
                    default: continue
                    }
                    let value = attribute.trimmedValue ?? ""
                    let place = item.origins.origin(at: attribute.offset)
                    if !known.contains(value) { findings.report(.rec014, "a=\(attribute.name):\(value)", at: place, subject: session.subject) }
                    if session.isRecording {
                        findings.report(.rec015, "a=\(attribute.name) in the recording session", at: place, subject: session.subject)
                    }
                }
            }
            check(item.description.attributes)
            for media in item.description.media { check(media.attributes) }
        }
    }

    @Sendable
    private static func reportChanges(_ session: SessionEvidence, _ findings: inout FindingLog) {
        guard session.isRecording else { return }
        var most = 0
        var last: [Side: SessionDescription] = [:]
        for item in session.descriptions {
            let count = item.description.media.count
            let place = item.origins.origin(at: item.description.media.last?.offset ?? 0)
            if item.isOffer, count < most {
                findings.report(
                    .rec016, "\(count) media \(count == 1 ? "line" : "lines"), before there were \(most)", at: item.origins.origin(at: 0),
                    subject: session.subject)
            }
            if item.isOffer, item.sender == session.server, most > 0, count > most {
                findings.report(.rec004, "the recording server offers \(count) media lines, \(most) were agreed", at: place, subject: session.subject)
            }
            if let before = last[item.sender], let old = before.origin, let new = item.description.origin, old.sessionID == new.sessionID,
                old.sessionVersion == new.sessionVersion, content(before) != content(item.description)
            {
                findings.report(
                    .rec017, "the session description changed but its version is still \(new.sessionVersion)", at: item.origins.origin(at: 0),
                    subject: session.subject)
            }
            last[item.sender] = item.description
            most = max(most, count)
        }
    }

    /// RFC 4796 section 5.
    private static let contents: Set<String> = ["slides", "speaker", "sl", "main", "alt"]

    @Sendable
    private static func reportProfilesAndContent(_ session: SessionEvidence, _ findings: inout FindingLog) {
        for item in session.descriptions {
            var mains: Set<String> = []
            for media in item.description.media where !media.isRejected {
                func report(_ rule: Rule, _ message: String, _ offset: Int) {
                    findings.report(rule, message, at: item.origins.origin(at: offset), subject: session.subject)
                }
                if session.isRecording, item.isOffer, item.sender == session.client, media.isRTP, !media.transport.containsIgnoringCase("avpf") {
                    report(.rec053, "m=\(media.kind) \(media.port) uses profile \(media.transport)", media.offset)
                }
                guard let attribute = media.attributes.first(where: { $0.name == "content" }) else { continue }
                let values = (attribute.trimmedValue ?? "").split(separator: ",", omittingEmptySubsequences: false).map { $0.filter { $0 != " " }.lowercased() }
                if let odd = values.first(where: { !contents.contains($0) }) {
                    report(.rec054, "unregistered a=content value '\(odd)'", attribute.offset)
                } else if values.contains("main"), values.contains("alt") {
                    report(.rec054, "a=content is both main and alt", attribute.offset)
                } else if values.contains("main"), !mains.insert(media.kind).inserted, !session.isRecording {
                    report(.rec054, "a second m=\(media.kind) has a=content:main", attribute.offset)
                }
            }
        }
    }

    private static func content(_ description: SessionDescription) -> [String] { description.lines.filter { $0.type != 0x6F }.map { "\($0.type) \($0.value)" } }

    @Sendable
    private static func reportLines(_ session: SessionEvidence, _ findings: inout FindingLog) {
        for item in session.descriptions {
            var keys: Set<[UInt8]> = []
            for media in item.description.media where !media.isRejected {
                func report(_ rule: Rule, _ message: String, _ offset: Int) {
                    findings.report(rule, message, at: item.origins.origin(at: offset), subject: session.subject)
                }
                if session.isRecording, let label = media.label, !label.utf8.allSatisfy(isTokenOctet) { report(.rec018, "a=label:\(label)", media.offset) }
                var own: Set<[UInt8]> = []
                for line in media.cryptoLines {
                    for key in line.keys where !key.keyAndSalt.isEmpty {
                        if keys.contains(key.keyAndSalt) { report(.rec019, "crypto line \(line.tag) reuses the key of another media line", line.offset) }
                        own.insert(key.keyAndSalt)
                    }
                    for parameter in line.sessionParameters where ["UNENCRYPTED_SRTP", "UNENCRYPTED_SRTCP", "UNAUTHENTICATED_SRTP"].contains(parameter) {
                        report(.rec021, "crypto line \(line.tag) has \(parameter)", line.offset)
                    }
                }
                keys.formUnion(own)
            }
        }
    }

    /// RFC 8866 section 9, `token-char`.
    private static func isTokenOctet(_ octet: UInt8) -> Bool {
        switch octet {
        case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2E, 0x30...0x39, 0x41...0x5A, 0x5E...0x7E: true
        default: false
        }
    }
}
