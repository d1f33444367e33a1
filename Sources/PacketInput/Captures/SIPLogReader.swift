import CaptureFormat

/// What a text log of SIP messages becomes as a capture.
final class SIPLogReader: CaptureReader {
    /// Octets of text that are read for one call: a log may go on without messages for ever.
    private static let patience = 1 << 20

    private let base: any CaptureReader
    private var log = SIPMessageLog()
    private var text = [UInt8](repeating: 0, count: 64 << 10)
    private var ready: ArraySlice<UInt8>
    private var hasEnded = false
    private var fault: InputFault?
    private var textRead: Int
    /// The last call came to nothing, yet the log goes on.
    private(set) var isPaused = false

    /// `head` are octets of the log that have been read before.
    init(_ base: any CaptureReader, head: ArraySlice<UInt8>) {
        self.base = base
        textRead = head.count
        ready = []
        ready = log.convert(head, isFinal: false)[...]
    }

    var amount: ReadAmount? { base.amount ?? ReadAmount(taken: textRead, unpacked: textRead) }

    /// Complaints since the last look.
    func takeRemarks() -> [CaptureRemark] { log.takeRemarks() }

    /// As of any reader, but 0 while `isPaused` is not the end.
    func read(into buffer: inout [UInt8], from offset: Int) throws(InputFault) -> Int {
        var looked = 0
        while ready.isEmpty, !hasEnded, looked < Self.patience {
            var count = 0
            do throws(InputFault) { count = try base.read(into: &text, from: 0) } catch { fault = error }
            hasEnded = count == 0
            looked += count
            ready = log.convert(text[..<count], isFinal: hasEnded)[...]
        }
        textRead += looked
        isPaused = ready.isEmpty && !hasEnded
        if ready.isEmpty, let fault { throw fault }
        let count = min(ready.count, max(0, buffer.count - offset))
        if count > 0 { buffer.replaceSubrange(offset..<offset + count, with: ready.prefix(count)) }
        ready = ready.dropFirst(count)
        return count
    }
}
