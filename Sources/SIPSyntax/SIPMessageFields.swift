/// Fields that a dialog or a transaction is told by.
extension SIPMessage {
    /// Method of a request; of a response the one in its CSeq.
    package var method: String {
        if case .request(let method, _) = startLine { return method }
        return cseq?.method ?? ""
    }

    /// Status code of a response.
    package var status: Int? {
        if case .response(let status, _) = startLine { return status }
        return nil
    }

    package var isRequest: Bool { status == nil }

    /// Value of the first header field of this name, in any case and form.
    package func first(_ name: String) -> String? { headers.first(name) }

    /// Every value of this name: repeated fields and comma lists are the same thing (RFC 3261 section 7.3.1).
    package func values(of name: String) -> [String] {
        let key = name.lowercased()
        return headers.filter { $0.key == key }.flatMap { HeaderText.commaSplit($0.value) }
    }

    package var callID: String? { first("Call-ID").flatMap { $0.isEmpty ? nil : $0 } }
    package var from: NameAddress? { first("From").flatMap { NameAddress(parsing: $0) } }
    package var to: NameAddress? { first("To").flatMap { NameAddress(parsing: $0) } }
    package var cseq: CSeq? { first("CSeq").flatMap { CSeq(parsing: $0) } }

    /// Contact addresses; `*` is none.
    package var contacts: [NameAddress] { values(of: "Contact").filter { $0 != "*" }.compactMap { NameAddress(parsing: $0) } }

    /// Branch parameter of the topmost Via (RFC 3261 section 8.1.1.7).
    package var topViaBranch: String? {
        guard let via = first("Via"), let top = HeaderText.commaSplit(via).first else { return nil }
        let parts = HeaderText.split(top, at: 0x3B)
        return HeaderText.parameters(parts.dropFirst()).value("branch")
    }

    /// Option tags of Require, lower-case.
    package var requires: [String] { values(of: "Require").map { $0.lowercased() } }
    /// Option tags of Supported, lower-case.
    package var supported: [String] { values(of: "Supported").map { $0.lowercased() } }
    /// User-Agent, else Server.
    package var userAgent: String? { first("User-Agent") ?? first("Server") }
}
