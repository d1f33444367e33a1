import TestSupport
import Testing

/// One SIP message of a scene, written when all changes are made: its Content-Length is right unless a fixture says another.
struct SceneMessage: Sendable {
    struct Part: Sendable {
        var head: [String]
        var body: String
    }

    var seconds: Double
    var source: Socket
    var destination: Socket
    /// Start line and header fields, without those that tell of the body.
    var head: [String]
    var parts: [Part] = []
    /// Type of a body of several parts, or where set, of any body.
    var type: String?
    /// Instead of the right Content-Length line.
    var length: String?
    var isSent = true
    /// The whole message, at the very end.
    var rewrite: @Sendable (String) -> String = { $0 }

    static let client = Socket(0xC000_0201, 5060)
    static let server = Socket(0xC000_0202, 5060)

    /// `start` is a method or a status; a response names the method of its request.
    init(
        _ start: String, at seconds: Double, cseq: Int, method: String = "INVITE", by party: SIPScript.Party = .client, headers: [String] = [],
        description: String? = nil, metadata: String? = nil
    ) {
        let isRequest = Int(start) == nil
        let isByClient = party == .client
        let method = isRequest ? start : method
        let isClients = isRequest == isByClient
        self.seconds = seconds
        (source, destination) = isByClient ? (Self.client, Self.server) : (Self.server, Self.client)
        let (client, server) = ("<sip:src@client.test>;tag=c", "<sip:srs@server.test>" + (start == "INVITE" && cseq == 1 ? "" : ";tag=s"))
        head = [
            isRequest ? "\(method) sip:\(isByClient ? "srs@server.test" : "src@client.test") SIP/2.0" : "SIP/2.0 \(start) OK",
            "Via: SIP/2.0/UDP 192.0.2.\(isClients ? 1 : 2);branch=z9hG4bK\(cseq)\(method)\(isClients ? "c" : "s")", "Max-Forwards: 70",
            "From: \(isClients ? client : server)", "To: \(isClients ? server : client)", "Call-ID: call-1@client.test", "CSeq: \(cseq) \(method)",
            isByClient ? "Contact: <sip:src@192.0.2.1>;+sip.src" : "Contact: <sip:srs@192.0.2.2>;+sip.srs",
        ]
        head += headers
        if let description { parts.append(Part(head: ["Content-Type: application/sdp"], body: description)) }
        if let metadata {
            parts.append(Part(head: ["Content-Type: application/rs-metadata+xml", "Content-Disposition: recording-session"], body: metadata))
        }
        for (index, part) in parts.enumerated() where part.body == Scene.request {
            parts[index].head[0] = "Content-Type: application/rs-metadata-request+xml"
        }
    }

    /// Nothing of recording.
    mutating func unmark() {
        head = head.filter { $0 != "Require: siprec" }.map { $0.replacing(";+sip.srs", with: "").replacing(";+sip.src", with: "") }
    }

    /// Changes every place where `old` stands; that it stands nowhere is a fault of the fixture.
    mutating func replace(_ old: String, _ new: String, at location: SourceLocation = #_sourceLocation) {
        var isFound = false
        func change(_ text: inout String) {
            isFound = isFound || text.contains(old)
            text = text.replacing(old, with: new)
        }
        for index in head.indices { change(&head[index]) }
        for index in parts.indices {
            for line in parts[index].head.indices { change(&parts[index].head[line]) }
            change(&parts[index].body)
        }
        head.removeAll(where: \.isEmpty)
        for index in parts.indices { parts[index].head.removeAll(where: \.isEmpty) }
        if !isFound { Issue.record("\"\(old)\" stands nowhere in the message", sourceLocation: location) }
    }

    mutating func remove(_ text: String, at location: SourceLocation = #_sourceLocation) { replace(text, "", at: location) }

    var octets: [UInt8] {
        var parts = parts
        for index in parts.indices { for (name, id) in Self.identifiers { parts[index].body = parts[index].body.replacing("{\(name)}", with: id) } }
        for index in parts.indices where parts[index].head.contains(where: { $0.hasSuffix("sdp") }) {
            parts[index].body = parts[index].body.replacing("\n", with: "\r\n")
        }
        var lines = head
        var body = ""
        if parts.count == 1, type == nil {
            lines += parts[0].head
            body = parts[0].body
        } else if !parts.isEmpty {
            lines.append("Content-Type: \(type ?? "multipart/mixed;boundary=b")")
            body = parts.map { "--b\r\n" + $0.head.map { $0 + "\r\n" }.joined() + "\r\n" + $0.body + "\r\n" }.joined() + "--b--\r\n"
        }
        lines += [length ?? "Content-Length: \(body.utf8.count)", "", ""]
        return Array(rewrite(lines.joined(separator: "\r\n") + body).utf8)
    }

    private static let identifiers = [
        "S": "AAAAAAAAQACAAAAAAAAAAQ==", "ann": "AAAAAAAAQACAAAAAAAAAAg==", "bob": "AAAAAAAAQACAAAAAAAAAAw==", "A": "AAAAAAAAQACAAAAAAAAABA==",
        "B": "AAAAAAAAQACAAAAAAAAABQ==", "G": "AAAAAAAAQACAAAAAAAAABg==", "cy": "AAAAAAAAQACAAAAAAAAABw==", "C": "AAAAAAAAQACAAAAAAAAACA==",
        "S2": "AAAAAAAAQACAAAAAAAAACQ==",
    ]
}
