package import Evidence
package import NetworkLayers

/// TCP segments in, messages and packets out: reassembly, decryption, framing. Both passes read streams by this same code.
package struct StreamPipeline {
    private let limits: Limits
    private let source: (any StreamDecryptorSource)?
    private var streams: StreamAssembler
    private let inflaters: InflaterPool
    private var connections: [UInt64: StreamConnection] = [:]
    /// Encrypted connections that are over, as many as are kept.
    package private(set) var encrypted: [EncryptedConnection] = []

    package init(limits: Limits, decryptors: (any StreamDecryptorSource)? = nil) {
        self.limits = limits
        source = decryptors
        streams = StreamAssembler(limits: limits)
        inflaters = InflaterPool(limits: limits)
    }

    package mutating func add(_ segment: TCPSegment, _ bytes: RawSpan, time: CaptureTime, origin: Origin, findings: inout FindingLog) -> [StreamEvent] {
        let chunks = streams.add(segment, of: bytes, origin: origin, time: time, findings: &findings)
        return chunks.isEmpty ? [] : consume(chunks, findings: &findings)
    }

    /// Delivers what still waits, at the end of all input.
    package mutating func finish(findings: inout FindingLog) -> [StreamEvent] {
        var events = consume(streams.finish(findings: &findings), isLast: true, findings: &findings)
        for number in connections.keys.sorted() {
            guard var connection = connections.removeValue(forKey: number) else { continue }
            connection.finish(findings: &findings, into: &events)
            note(connection)
        }
        if inflaters.evicted > 0 {
            findings.report(
                .net004,
                "more than \(limits.inflaters) compressed WebSocket directions at once; \(inflaters.evicted) times a decompression context was "
                    + "dropped",
                at: nil)
        }
        return events
    }

    private mutating func consume(_ chunks: [StreamChunk], isLast: Bool = false, findings: inout FindingLog) -> [StreamEvent] {
        var events: [StreamEvent] = []
        for chunk in chunks {
            // Taken out while it works: a second reference would copy what it holds with every chunk.
            var connection = connections.removeValue(forKey: chunk.pair) ?? StreamConnection(limits: limits, source: source, inflaters: inflaters)
            connection.feed(chunk, findings: &findings, into: &events)
            if connection.isIgnorable(chunk.path), !chunk.isEnd { streams.ignore(path: chunk.path) }
            // At the end of the input one side's end comes before what the other one still holds.
            if connection.isOver, !isLast { note(connection) } else { connections[chunk.pair] = connection }
        }
        return events
    }

    private mutating func note(_ connection: StreamConnection) {
        guard let start = connection.encrypted, encrypted.count < limits.tcpStreams else { return }
        encrypted.append(EncryptedConnection(path: start.path, origin: start.origin, unopened: connection.unopened, summary: connection.summary))
    }
}
