import CaptureSurvey
import Evidence
import PacketInput
import RTPSyntax
import RecordingPlan
import SDPSyntax
import SIPDialogs
import SIPSyntax
import SRTPDecryption
import StreamMatching
import TLSDecryption

/// Every key at hand, and which of them opens which flow: found by authenticating sampled packets, never by luck.
struct KeyRing {
    /// Counters that are searched for a stream whose beginning was not captured: at 50 packets a second, two weeks.
    private static let counters: ClosedRange<UInt32> = 0...1000
    /// Authentications spent on one flow.
    private static let budget = 400_000

    private let entries: [KeyFileEntry]
    /// Places of the entries that hold each key: a key can stand on several lines.
    private let places: [SRTPMasterKey: [Int]]
    /// Keys of all dialogs, each once, in order of time.
    private var sdes: [(key: SRTPMasterKey, callID: String)] = []
    /// Places of the keys of each call among them.
    private var keysOfCall: [String: [Int]] = [:]
    private var dtls: [NetworkPath: [(key: SRTPMasterKey, source: TLSSecretSource)]] = [:]
    private let zrtp: [NetworkPath: ZRTPSummary]
    private let control: SecuredControl
    private let limit: Int

    init(survey: Survey, streams: [NegotiatedStream], options: ReconstructionOptions) {
        entries = options.keys.entries
        var places: [SRTPMasterKey: [Int]] = [:]
        for (number, entry) in entries.enumerated() { for key in Set(entry.keys) { places[key, default: []].append(number) } }
        self.places = places
        zrtp = survey.zrtp
        control = SecuredControl(survey)
        limit = options.limits.keyCandidates
        var seen: Set<String> = []
        for stream in streams {
            let callID = survey.dialogs[stream.dialog].callID
            for epoch in stream.epochs {
                for key in epoch.crypto.flatMap(Self.masters) where seen.insert(key.identifier + Hex.encode(key.mki ?? []) + key.suite.rawValue).inserted {
                    sdes.append((key, callID))
                }
            }
        }
        // Offers that a relay rewrote count as copies of one message, or stand on another hop of it: their keys stand only in the messages.
        for dialog in survey.dialogs where sdes.count < 16 * limit {
            let first = dialog.messages.first?.path
            for message in dialog.messages
            where message.isRetransmission || dialog.answered == nil || message.path != first && message.path.reversed != first {
                for line in Self.cryptoLines(message.message.raw) {
                    for key in Self.masters(of: line) where seen.insert(key.identifier + Hex.encode(key.mki ?? []) + key.suite.rawValue).inserted {
                        sdes.append((key, dialog.callID))
                    }
                }
            }
        }
        for (place, known) in sdes.enumerated() { keysOfCall[known.callID, default: []].append(place) }
        for association in survey.dtls {
            dtls[association.path, default: []].append((association.client, association.source))
            dtls[association.path.reversed, default: []].append((association.server, association.source))
        }
    }

    /// The `a=crypto` lines of a message, wherever in its body they stand.
    private static func cryptoLines(_ octets: [UInt8]) -> [CryptoAttribute] {
        let mark = Array("a=crypto:".utf8)
        var out: [CryptoAttribute] = []
        var index = 0
        while let found = octets[index...].firstIndex(of: 0x61), out.count < 64 {
            index = found + 1
            guard octets[found...].starts(with: mark), found == 0 || octets[found - 1] == 0x0A || octets[found - 1] == 0x0D else { continue }
            let line = octets[(found + mark.count)...].prefix { $0 != 0x0D && $0 != 0x0A }
            if let crypto = CryptoAttribute(parsing: String(decoding: line, as: UTF8.self), offset: found) { out.append(crypto) }
        }
        return out
    }

    /// The usable keys of one `a=crypto` line; none where its suite, its length or its session parameters rule it out.
    static func masters(of line: CryptoAttribute) -> [SRTPMasterKey] {
        guard let suite = SRTPSuite(sdesName: line.suite) else { return [] }
        let parameters = SRTPSessionParameters(line.sessionParameters)
        guard parameters.isSupported else { return [] }
        return line.keys.compactMap { SRTPMasterKey(suite: suite, keyAndSalt: $0.keyAndSalt, mki: $0.mki, isEncrypted: parameters.encryptsRTP) }
    }

    /// Finds the keys of one flow.
    func resolve(_ observed: ObservedFlow, stream: NegotiatedStream?, callIDs: [String], labels: [String]) -> FlowKeys {
        var out = FlowKeys()
        let row = observed.row
        let packets = observed.samples
        out.samples = packets.count
        out.isSecure = stream?.epochs.contains(where: \.isSecure) ?? false
        let agreement = confirmed(row.path)
        var budget = Self.budget
        // The stream's own keys, those of its path, and those that a key file says are its.
        var expected: [(key: SRTPMasterKey, source: KeySource, roc: UInt32?)] = []
        func expect(_ key: SRTPMasterKey, _ source: KeySource, _ roc: UInt32?) {
            if !expected.contains(where: { $0.key == key }) { expected.append((key, source, roc)) }
        }
        for epoch in stream?.epochs ?? [] { for key in epoch.crypto.flatMap(Self.masters) { expect(key, .sdp, nil) } }
        for (key, source) in dtls[row.path] ?? [] { expect(key, .dtls(source), nil) }
        for entry in entries where entry.hasSelectors && entry.selects(path: row.path, ssrc: row.ssrc, callIDs: callIDs, labels: labels) {
            for key in entry.keys { expect(key, .file(entry.file, entry.line), entry.roc) }
        }
        var found: [FlowKeys.Key] = []
        for (key, source, roc) in expected {
            let trial = attempt(key, observed, roc: roc, isSearched: true, &budget)
            if !(trial?.verdict.isProof ?? false) { out.refused += 1 }
            found.append(FlowKeys.Key(master: key, source: source, verdict: trial?.verdict, isCounted: trial?.isCounted ?? false))
        }
        let covered = found.compactMap(\.verdict).filter(\.isProof).reduce(0) { $0 + $1.opened }
        let isOpen = covered * 2 >= packets.count && covered > 0
        // What was negotiated as plain RTP is not encrypted unless something says so; only a key of a file that opens it says so by itself.
        let mayBeSecure =
            out.isSecure || stream == nil || agreement != nil || !expected.isEmpty
            || (stream?.epochs.contains(where: \.isMixedSecurity) ?? false)
        if !isOpen, mayBeSecure, !packets.isEmpty {
            tryOthers(observed, isSignalled: !callIDs.isEmpty, &found, &out, &budget)
        } else if !isOpen, !packets.isEmpty {
            tryFreeKeys(observed, isOne: true, &found, &budget)
            trySameCall(observed, callIDs, &found, &budget)
        } else if covered < packets.count, mayBeSecure {
            tryFreeKeys(observed, isOne: false, &found, &budget)
        }
        out.entries = openedEntries(found)
        let proven = found.filter { $0.verdict?.isProof ?? false }.sorted { ($0.verdict?.first ?? 0) < ($1.verdict?.first ?? 0) }
        // Keys of a file that opened nothing stay where they were said to be this stream's: the failure is then told as one.
        out.keys = proven + found.filter { !($0.verdict?.isProof ?? false) && (out.isSecure || $0.source.isDTLS) }
        if !proven.isEmpty, out.isSecure || isOpen {
            out.spare = entries.filter { !$0.hasSelectors }.prefix(limit).flatMap { entry in
                entry.keys.filter { key in !found.contains { $0.master == key } }.map { FlowKeys.Key(master: $0, source: .file(entry.file, entry.line)) }
            }
        }
        if !proven.isEmpty { out.control = control.open(row.ssrc, with: proven.map(\.master) + (dtls[row.path.nextPorts] ?? []).map(\.key)) }
        if !out.isSecure, let first = proven.first?.verdict {
            out.isSecure = true
            out.clear = first.first > 0 ? .untilFirstOpened : .none
        } else if !out.isSecure, let agreement {
            out.isSecure = true
            out.clear = .until(agreement)
        }
        return out
    }

    /// What the receiver of an encrypted flow reports of it, opened with the receiver's own keys.
    func reception(of row: FlowRow, _ stream: NegotiatedStream, _ dialogs: DialogList) -> HeardReports? {
        var own: [SRTPMasterKey] = []
        for negotiation in dialogs[stream.dialog].negotiations {
            let description = stream.sender == negotiation.offerer ? negotiation.answer : negotiation.offer
            guard let description, stream.mediaIndex < description.media.count else { continue }
            for key in description.media[stream.mediaIndex].cryptoLines.flatMap(Self.masters) where !own.contains(key) { own.append(key) }
        }
        for path in [row.path.reversed, row.path.nextPorts.reversed] { own += (dtls[path] ?? []).map(\.key) }
        return control.reception(of: row, with: own)
    }

    /// Keys of the file without selectors, or whose selectors a flow without signalling can not contradict, then those of other dialogs: a client that only replicates packets sends them under their keys.
    private func tryOthers(
        _ observed: ObservedFlow, isSignalled: Bool, _ found: inout [FlowKeys.Key], _ out: inout FlowKeys, _ budget: inout Int
    ) {
        let free = entries.filter { !$0.hasSelectors || !isSignalled && $0.fits(path: observed.row.path, ssrc: observed.row.ssrc) }
        for entry in free.prefix(limit * 4) {
            for key in entry.keys where !found.contains(where: { $0.master == key }) {
                let trial = attempt(key, observed, roc: entry.roc, isSearched: free.count <= 64, &budget)
                guard let trial, trial.verdict.isProof else {
                    out.refused += 1
                    continue
                }
                found.append(FlowKeys.Key(master: key, source: .file(entry.file, entry.line), verdict: trial.verdict, isCounted: trial.isCounted))
            }
        }
        if found.contains(where: { $0.verdict?.isProof ?? false }) { return }
        for (key, callID) in sdes.prefix(limit) where !found.contains(where: { $0.master == key }) {
            let trial = attempt(key, observed, roc: nil, isSearched: false, &budget)
            guard let trial, trial.verdict.isProof else {
                out.refused += 1
                continue
            }
            found.append(FlowKeys.Key(master: key, source: .dialog(callID), verdict: trial.verdict))
            return
        }
    }

    /// Keys of the file without selectors on a flow of which nothing says that it is encrypted: where the counter is expected, and nowhere else.
    /// `isOne`: the first that opens it is enough; else one may take over from another later.
    private func tryFreeKeys(_ observed: ObservedFlow, isOne: Bool, _ found: inout [FlowKeys.Key], _ budget: inout Int) {
        for entry in entries.lazy.filter({ !$0.hasSelectors }).prefix(limit) {
            for key in entry.keys where !found.contains(where: { $0.master == key }) {
                let trial = attempt(key, observed, roc: entry.roc, isSearched: false, &budget)
                guard let trial, trial.verdict.isProof else { continue }
                found.append(FlowKeys.Key(master: key, source: .file(entry.file, entry.line), verdict: trial.verdict, isCounted: trial.isCounted))
                if isOne { return }
            }
        }
    }

    /// Keys of the same call on a flow that its own hop describes as plain RTP: a relay encrypts on one side only, and both hops have one Call-ID.
    private func trySameCall(_ observed: ObservedFlow, _ callIDs: [String], _ found: inout [FlowKeys.Key], _ budget: inout Int) {
        if found.contains(where: { $0.verdict?.isProof ?? false }) { return }
        for place in callIDs.flatMap({ keysOfCall[$0] ?? [] }).prefix(limit) where !found.contains(where: { $0.master == sdes[place].key }) {
            let trial = attempt(sdes[place].key, observed, roc: nil, isSearched: false, &budget)
            guard let trial, trial.verdict.isProof else { continue }
            found.append(FlowKeys.Key(master: sdes[place].key, source: .dialog(sdes[place].callID), verdict: trial.verdict))
            return
        }
    }

    /// First where the counter is expected, then where the sender's count of its packets puts it, then everywhere. Whatever counter was not
    /// expected must open two packets.
    private func attempt(
        _ key: SRTPMasterKey, _ observed: ObservedFlow, roc: UInt32?, isSearched: Bool, _ budget: inout Int
    ) -> (verdict: SRTPTrial.Verdict, isCounted: Bool)? {
        let packets = observed.samples
        guard !packets.isEmpty else { return nil }
        let start = roc ?? 0
        let isNearWrap = observed.row.firstSequence.value >= 0x8000 || roc != nil
        let near = start...(start < .max && isNearWrap ? start + 1 : start)
        if let verdict = SRTPTrial.run(key, samples: packets, counters: near, budget: &budget) { return (verdict, false) }
        guard isSearched else { return nil }
        for counter in control.counters(of: observed.row, step: observed.step, with: key) where !near.contains(counter) {
            let verdict = SRTPTrial.run(key, samples: packets, counters: counter...counter, budget: &budget)
            if let verdict, verdict.opened >= 2 { return (verdict, true) }
        }
        return SRTPTrial.run(key, samples: Array(packets.prefix(4)), counters: Self.counters, budget: &budget).map { ($0, false) }
    }

    /// Places of the entries of key files whose keys are proven, also where the same key was found elsewhere first: in signalling, in a handshake or
    /// on another line.
    private func openedEntries(_ found: [FlowKeys.Key]) -> [Int] {
        var out: [Int] = []
        for key in found where key.verdict?.isProof ?? false { out += places[key.master] ?? [] }
        return out
    }

    /// When ZRTP was confirmed between the two ends of a path.
    private func confirmed(_ path: NetworkPath) -> CaptureTime? {
        if zrtp.isEmpty { return nil }
        let back = NetworkPath(source: path.destination, destination: path.source)
        let times = [zrtp[path]?.confirmed, zrtp[back]?.confirmed].compactMap(\.self)
        return times.min()
    }

    /// Entries that open a flow only with key and salt exchanged, with one such flow: for the diagnosis of a key file. `closed`: flows that nothing
    /// opened; `uses`: what the entries opened as they are.
    func swapped(_ closed: [ObservedFlow], uses: KeyUses) -> [Int: Int] {
        var out: [Int: Int] = [:]
        for (number, entry) in entries.enumerated() where uses.flows[number] == nil {
            for flow in closed.prefix(16) {
                var budget = 5000
                for key in entry.swapped where out[number] == nil {
                    let trial = attempt(key, flow, roc: entry.roc, isSearched: true, &budget)
                    if trial?.verdict.isProof ?? false { out[number] = flow.number }
                }
            }
        }
        return out
    }
}
