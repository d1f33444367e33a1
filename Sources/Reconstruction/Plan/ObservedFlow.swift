import Evidence
import StreamMatching

/// What the survey keeps of one flow, as the plan looks at it.
struct ObservedFlow {
    /// Row in the flow table.
    let number: Int
    let row: FlowRow
    let early: [EarlyPacket]
    /// A few whole packets.
    let samples: [[UInt8]]
    /// A DTLS-SRTP handshake ran on its path before its last packet.
    let isAgreed: Bool

    /// The commonest step of the timestamp between its first packets.
    var step: Int? { PayloadGuess.step(early) }
}
