package import CaptureSurvey
package import Evidence
import PacketInput
package import SRTPDecryption

/// What trying keys on the samples of one flow came to.
package struct FlowKeys: Sendable {
    /// One key that may open the flow.
    package struct Key: Sendable {
        package let master: SRTPMasterKey
        package let source: KeySource
        /// Nil where no sample opened.
        package var verdict: SRTPTrial.Verdict?
        /// The rollover counter came from the sender's count of its packets.
        package var isCounted = false

        package init(master: SRTPMasterKey, source: KeySource, verdict: SRTPTrial.Verdict? = nil, isCounted: Bool = false) {
            self.master = master
            self.source = source
            self.verdict = verdict
            self.isCounted = isCounted
        }
    }

    /// The proven ones in order of the first packet they open, then the stream's own.
    package var keys: [Key] = []
    /// Keys of files without selectors, where others are proven: a key that takes over later may have opened no sample, and the render tries
    /// these on what the proven ones do not open.
    package var spare: [Key] = []
    package var isSecure = false
    package var clear = ClearPhase.none
    /// Samples of the flow.
    package var samples = 0
    /// Keys that were tried and opened nothing.
    package var refused = 0
    /// What the source said under SRTCP; nil where there was none, or no key.
    package var control: OpenedControl?
    /// Why the flow is taken for encrypted where nothing describes it so.
    package var signs: EncryptionSigns?
    /// Entries of the key files that opened it, by their places.
    package var entries: [Int] = []

    package init() {}

    /// Keys that opened samples so well that it is no chance.
    package var proven: [Key] { keys.filter { $0.verdict?.isProof ?? false } }
    /// Samples that no proven key opens although the flow is encrypted from its beginning: another key, or packets that were changed.
    package var closedSamples: Int {
        guard clear == .none, let tried = proven.compactMap({ $0.verdict?.tried }).max() else { return 0 }
        return max(0, tried - proven.reduce(0) { $0 + ($1.verdict?.opened ?? 0) })
    }
    /// Rollover counter at the start.
    package var initialROC: UInt32 { proven.first?.verdict?.roc ?? 0 }

    /// The packets look encrypted, and no key at hand opens them.
    package mutating func suspect(_ signs: EncryptionSigns) {
        self.signs = signs
        isSecure = true
    }

    /// How sure it is, for the match's reasons.
    package var reasons: [String] {
        (signs.map { ["looks encrypted (confidence \($0.confidence.rawValue)): \($0.reasons.joined(separator: "; "))"] } ?? [])
            + proven.compactMap { key in
                key.verdict.map { verdict in
                    "\(key.master.suite.rawValue) key #\(key.master.identifier) from \(key.source.words) authenticates \(verdict.opened) of \(verdict.tried) "
                        + "sampled packets (tag of \(verdict.tagLength * 8) bits\(verdict.roc > 0 ? ", rollover counter \(verdict.roc)" : ""))"
                }
            }
    }
}

/// What an encrypted flow lacks.
package struct NeededKey: Sendable {
    package let flow: Int
    package let ssrc: SSRC
    package let path: NetworkPath
    package let from: CaptureTime
    package let until: CaptureTime
    package let packets: Int
    /// Packets that were captured in part: no key opens these.
    package let cutPackets: Int
    /// As signalled; empty where nothing says.
    package let suites: [String]
    /// How the keys were agreed: `sdes`, `dtls-srtp`, `zrtp`, `mikey`, or `unknown`.
    package let keying: String
    /// Keys that were tried in vain.
    package let tried: Int

    package init(
        flow: Int, ssrc: SSRC, path: NetworkPath, from: CaptureTime, until: CaptureTime, packets: Int, cutPackets: Int, suites: [String], keying: String,
        tried: Int
    ) {
        self.flow = flow
        self.ssrc = ssrc
        self.path = path
        self.from = from
        self.until = until
        self.packets = packets
        self.cutPackets = cutPackets
        self.suites = suites
        self.keying = keying
        self.tried = tried
    }
}

/// What the SRTCP packets of one source said, as far as keys open them.
package struct OpenedControl: Sendable {
    package var words = RTCPReports()
    /// Packets that were tried: the survey keeps a few of each path.
    package var tried = 0
    package var authenticated = 0

    package init() {}
}
