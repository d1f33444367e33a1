package import Evidence
package import SIPSyntax

/// Collects SIP messages by Call-ID and makes dialogs of them at the end.
///
/// Nothing is decided while messages come in, because inputs may arrive out of order; `finish` sorts by time and replays. Bounds:
/// `Limits.dialogs` Call-IDs, `Limits.messagesPerDialog` messages each.
package struct DialogTable: Sendable {
    private let limits: Limits
    private var places: [String: Int] = [:]
    private var calls: [(callID: String, messages: [ObservedMessage])] = []

    private var remainders = MessageRemainders()

    /// Messages outside INVITE dialogs: REGISTER, OPTIONS, SUBSCRIBE and the like, and what has no Call-ID.
    package private(set) var ignored = 0

    /// Methods whose presence says that there is an INVITE dialog.
    private static let dialogMethods: Set<String> = ["INVITE", "ACK", "BYE", "CANCEL", "UPDATE", "PRACK", "INFO"]

    package init(limits: Limits) { self.limits = limits }

    /// Adds one message; its remarks become findings here. Collect the dialogs from `finish`.
    package mutating func add(
        _ message: SIPMessage, path: NetworkPath, transport: SignallingTransport, time: CaptureTime, origins: OriginMap, findings: inout FindingLog
    ) {
        let callID = message.callID
        for remark in message.remarks {
            findings.report(remark.rule, remark.message, at: origins.origin(at: remark.offset), subject: FindingSubject(callID: callID))
        }
        guard let callID else {
            ignored += 1
            return
        }
        let method = message.cseq?.method ?? message.method
        let observed = ObservedMessage(message: message, path: path, transport: transport, time: time, origins: origins, isRetransmission: false)
        if let place = places[callID] {
            guard calls[place].messages.count < limits.messagesPerDialog else {
                let text = "more than \(limits.messagesPerDialog) messages with this Call-ID"
                findings.report(.dlg010, text, at: origins.origin(at: 0), subject: FindingSubject(callID: callID))
                return
            }
            calls[place].messages.append(observed)
            return
        }
        guard Self.dialogMethods.contains(method) else {
            ignored += 1
            return
        }
        guard calls.count < limits.dialogs else {
            findings.report(.dlg010, "more than \(limits.dialogs) Call-IDs", at: origins.origin(at: 0))
            return
        }
        places[callID] = calls.count
        calls.append((callID, [observed]))
    }

    /// Adds the end of a message whose beginning is not in the capture.
    package mutating func add(remainder octets: [UInt8], path: NetworkPath, origins: OriginMap) { remainders.add(octets, path: path, origins: origins) }

    /// The calls that a message without its beginning may have opened.
    private var beheaded: [Int: MessageRemainder] {
        if remainders.isEmpty { return [:] }
        let starts = calls.enumerated().compactMap { number, call in
            call.messages.min(by: Self.precedes).flatMap { first in
                first.message.isRequest && first.message.toTag == nil ? nil : (number: number, path: first.path, time: first.time)
            }
        }
        return remainders.owners(among: starts)
    }

    /// The dialogs, by start and then Call-ID. The table is empty afterwards.
    package mutating func finish(findings: inout FindingLog) -> [SIPDialog] {
        var out: [SIPDialog] = []
        let beheaded = self.beheaded
        for index in calls.indices {
            let call = calls[index]
            // What was collected goes as it is worked up, so that messages are never listed twice.
            calls[index].messages = []
            for (place, group) in DialogGrouping.groups(of: Self.inOrder(call.messages)).enumerated() {
                var builder = DialogBuilder(callID: call.callID, group: group, limits: limits, remainder: place == 0 ? beheaded[index] : nil)
                out.append(builder.build(findings: &findings))
            }
        }
        calls = []
        places = [:]
        remainders = MessageRemainders()
        // Places are sorted, as dialogs are large.
        return out.indices.sorted { (out[$0].start, out[$0].callID, $0) < (out[$1].start, out[$1].callID, $1) }.map { out[$0] }
    }

    /// By time; within one moment by place. Captures mostly have them so already.
    private static func inOrder(_ messages: [ObservedMessage]) -> [ObservedMessage] {
        let isSorted = zip(messages, messages.dropFirst()).allSatisfy { !precedes($1, $0) }
        return isSorted ? messages : messages.sorted(by: precedes)
    }

    private static func precedes(_ left: ObservedMessage, _ right: ObservedMessage) -> Bool {
        left.time == right.time ? left.origins.origin(at: 0) < right.origins.origin(at: 0) : left.time < right.time
    }
}
