import Evidence
import NetworkLayers
import SIPDialogs
import SIPSyntax

/// From datagrams and stream octets to SIP messages to dialogs.
struct SignallingCollector {
    var dialogs: DialogTable
    var findings = FindingLog()
    private var streams: StreamAssembler
    private var framers: [UInt64: SIPStreamFramer] = [:]
    private var framerPaths: [UInt64: NetworkPath] = [:]
    private let limits: Limits
    private(set) var messages = 0

    init(limits: Limits) {
        dialogs = DialogTable(limits: limits)
        streams = StreamAssembler(limits: limits)
        self.limits = limits
    }

    mutating func message(_ octets: [UInt8], path: NetworkPath, transport: SignallingTransport, origins: OriginMap, time: CaptureTime) {
        guard let message = SIPMessage(parsing: octets, limits: limits) else { return }
        messages += 1
        dialogs.add(message, path: path, transport: transport, time: time, origins: origins, findings: &findings)
    }

    mutating func segment(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin) {
        consume(streams.add(segment, of: bytes, origin: origin, time: time, findings: &findings))
    }

    private mutating func consume(_ chunks: [StreamChunk]) {
        for chunk in chunks {
            // Taken out while it works: a second reference would copy what it holds with every chunk.
            var framer = framers.removeValue(forKey: chunk.connection) ?? SIPStreamFramer(limits: limits)
            deliver(framer.feed(chunk.octets, origins: chunk.origins, lostBefore: chunk.lostBefore), chunk.path)
            if chunk.isEnd || framer.isNotSIP {
                deliver(framer.finish(), chunk.path)
                framerPaths[chunk.connection] = nil
                if framer.isNotSIP { streams.ignore(path: chunk.path) }
            } else {
                framers[chunk.connection] = framer
                framerPaths[chunk.connection] = chunk.path
            }
        }
    }

    private mutating func deliver(_ framed: [FramedMessage], _ path: NetworkPath) {
        for item in framed {
            // A message counts from the packet that completed it: that is when the receiver could act on it.
            let time = item.origins.time(at: max(0, item.octets.count - 1))
            message(item.octets, path: path, transport: .tcp, origins: item.origins, time: time)
        }
    }

    /// Delivers what streams still hold, then closes every dialog.
    mutating func finish() -> [SIPDialog] {
        consume(streams.finish(findings: &findings))
        for connection in framers.keys.sorted() {
            guard var framer = framers[connection], let path = framerPaths[connection] else { continue }
            deliver(framer.finish(), path)
        }
        framers = [:]
        return dialogs.finish(findings: &findings)
    }
}
