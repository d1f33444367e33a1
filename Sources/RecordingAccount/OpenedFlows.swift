import CaptureSurvey
import Evidence
import RecordingPlan
import SRTPDecryption
import StreamMatching

/// The encrypted flows of a plan, each once, with what trying keys on it came to.
struct OpenedFlows {
    /// By flow number; of a flow that several conversations share, the trial that opened it. Copies are among them where a key opens them: those that none
    /// opens are heard elsewhere.
    let security: [Int: FlowKeys]

    init(_ plan: ReconstructionPlan?) {
        var security = plan?.openedFlows ?? [:]
        for recording in plan?.recordings ?? [] {
            for flow in recording.streams.flatMap(\.flows) where flow.isSecure || !flow.security.proven.isEmpty {
                if let known = security[flow.flow], !known.proven.isEmpty || flow.security.proven.isEmpty { continue }
                security[flow.flow] = flow.security
            }
        }
        self.security = security
    }

    /// How sure it is that an entry's key opens a flow, and where else the same key was found.
    func reasons(for entry: KeyFileEntry, flow: Int) -> [String] {
        (security[flow]?.proven ?? []).compactMap { key in
            guard let verdict = key.verdict, entry.keys.contains(key.master) else { return nil }
            let words =
                "\(key.master.suite.rawValue), \(verdict.opened) of \(verdict.tried) sample packets authenticate, rollover counter \(verdict.roc)"
            return words + Self.elsewhere(key.source, than: entry)
        }
    }

    private static func elsewhere(_ source: KeySource, than entry: KeyFileEntry) -> String {
        switch source {
        case .sdp: "; the stream's own signalling gives the same key"
        case .dialog(let callID): "; the dialog \(callID.printable) gives the same key"
        case .dtls: "; the DTLS handshake on its path gives the same key"
        case .file(let file, let line): file == entry.file && line == entry.line ? "" : "; \(file.printable) line \(line) is the same key"
        }
    }

    /// Paths, in both directions, all of whose encrypted flows a key opens.
    func paths(in survey: Survey) -> Set<NetworkPath> {
        var open: Set<NetworkPath> = []
        var closed: Set<NetworkPath> = []
        for (flow, keys) in security {
            let path = survey.flows.rows[flow].path
            for path in [path, path.reversed] { if keys.proven.isEmpty { closed.insert(path) } else { open.insert(path) } }
        }
        return open.subtracting(closed)
    }
}
