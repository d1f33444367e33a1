package import Evidence
import NetworkLayers

/// What a capture agent's packet on a stream holds, as a datagram between the addresses that it tells; the same for both passes.
package struct CapsuleContent {
    package let path: NetworkPath
    package let octets: [UInt8]
    /// Octets by the headers.
    package let declared: Int
    package let time: CaptureTime
    package let origin: Origin

    package enum Fault: Error {
        case noMessage
        /// The payload is compressed and can not be unpacked.
        case packed(Origin)
    }

    package init(_ packet: StreamPacket, limits: Limits) throws(Fault) {
        let bytes = unsafe packet.octets.span.bytes
        guard let message = CapturedMessage(hep: bytes) else { throw .noMessage }
        path = NetworkPath(source: message.source, destination: message.destination)
        time = message.time ?? packet.time
        origin = packet.origin.advanced(by: message.payloadStart)
        if message.isCompressed {
            guard let whole = message.unpacked(bytes, limit: limits.sipMessageOctets) else { throw .packed(origin) }
            octets = whole
            declared = whole.count
        } else {
            octets = bytes.array(message.payloadStart..<message.payloadStart + message.payloadCount)
            declared = message.declaredCount
        }
    }
}
