import Evidence
import SIPDialogs
import SIPSyntax

/// SIP messages that several captures hold: they tell of clocks that differ by more than media can show.
enum SignallingDuplicates {
    private struct Key: Hashable {
        let path: NetworkPath
        let octets: [UInt8]
    }

    static func compare(_ dialogs: [SIPDialog], captures: Int, into watch: inout DuplicateWatch) {
        guard captures > 1 else { return }
        for dialog in dialogs {
            let first = dialog.messages.first?.origins.origin(at: 0).capture
            guard dialog.messages.contains(where: { $0.origins.origin(at: 0).capture != first }) else { continue }
            var order: [Key] = []
            var seen: [Key: [(capture: UInt32, time: CaptureTime)]] = [:]
            for message in dialog.messages {
                let key = Key(path: message.path, octets: message.message.raw)
                if seen[key] == nil { order.append(key) }
                seen[key, default: []].append((message.origins.origin(at: 0).capture, message.time))
            }
            for key in order { compare(seen[key] ?? [], &watch) }
        }
    }

    /// The sender may have sent a message more than once: the first in one capture is the first in the other, and so on.
    private static func compare(_ copies: [(capture: UInt32, time: CaptureTime)], _ watch: inout DuplicateWatch) {
        guard let first = copies.first else { return }
        let own = copies.filter { $0.capture == first.capture }
        var numbers: [UInt32: Int] = [:]
        for copy in copies where copy.capture != first.capture {
            let number = numbers[copy.capture, default: 0]
            numbers[copy.capture] = number + 1
            if number < own.count { watch.add(own[number], copy) }
        }
    }
}
