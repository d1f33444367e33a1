import TestSupport

extension Scene {
    /// Turns the line into T.38 after the speech, and sends some of it; or asks for that and is refused.
    mutating func addFax(isAnswered: Bool) {
        func image(_ address: String, _ port: Int) -> String { Self.description(address, ["m=image \(port) udptl t38\na=T38FaxVersion:0"], version: 2) }
        others.append(SceneMessage("INVITE", at: 1.6, cseq: 5, description: image("192.0.2.1", 4000)))
        others[others.count - 1].unmark()
        others.append(SceneMessage(isAnswered ? "200" : "488", at: 1.62, cseq: 5, by: .server, description: isAnswered ? image("192.0.2.2", 6000) : nil))
        others[others.count - 1].unmark()
        others.append(SceneMessage("ACK", at: 1.64, cseq: 5))
        others[others.count - 1].unmark()
        for number in 0..<10 {
            beside.datagram(
                1_700_000 + number * 20_000, from: Self.annSource.source, to: Self.annSource.destination, [0, UInt8(number), 1, 0, 0])
        }
    }

    /// Gives Ann's source a canonical name in the offer.
    mutating func name(sources name: String) {
        invite.parts[0].body = invite.parts[0].body.replacing("a=label:1", with: "a=label:1\na=ssrc:10 cname:\(name)")
    }
}
