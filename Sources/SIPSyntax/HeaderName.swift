import Evidence

/// A header field name that siprecap asks for often or that has a compact form: told once when a message is read, compared as a number after.
package enum HeaderName: UInt8, Sendable {
    /// Any name that is not listed here.
    case other
    case acceptContact, referredBy, contentType, requestDisposition, contentEncoding, from, callID, rejectContact, supported, contentLength, contact
    case identityInfo, event, referTo, subject, to, allowEvents, via, sessionExpires, identity
    case cseq, rSeq, rAck, require, server, userAgent, sessionID, contentDisposition, contentTransferEncoding, assertedIdentity, remotePartyID
    case historyInfo, diversion, ciscoRecordingParticipant
}

extension HeaderName {
    /// The name as the RFCs write it; empty for `other`.
    package var text: StaticString {
        switch self {
        case .other: ""
        case .acceptContact: "Accept-Contact"
        case .referredBy: "Referred-By"
        case .contentType: "Content-Type"
        case .requestDisposition: "Request-Disposition"
        case .contentEncoding: "Content-Encoding"
        case .from: "From"
        case .callID: "Call-ID"
        case .rejectContact: "Reject-Contact"
        case .supported: "Supported"
        case .contentLength: "Content-Length"
        case .contact: "Contact"
        case .identityInfo: "Identity-Info"
        case .event: "Event"
        case .referTo: "Refer-To"
        case .subject: "Subject"
        case .to: "To"
        case .allowEvents: "Allow-Events"
        case .via: "Via"
        case .sessionExpires: "Session-Expires"
        case .identity: "Identity"
        case .cseq: "CSeq"
        case .rSeq: "RSeq"
        case .rAck: "RAck"
        case .require: "Require"
        case .server: "Server"
        case .userAgent: "User-Agent"
        case .sessionID: "Session-ID"
        case .contentDisposition: "Content-Disposition"
        case .contentTransferEncoding: "Content-Transfer-Encoding"
        case .assertedIdentity: "P-Asserted-Identity"
        case .remotePartyID: "Remote-Party-ID"
        case .historyInfo: "History-Info"
        case .diversion: "Diversion"
        case .ciscoRecordingParticipant: "X-Cisco-Recording-Participant"
        }
    }

    /// The name that octets spell, in any case, long or compact.
    init(_ name: ArraySlice<UInt8>) {
        guard let first = name.first?.asciiLowercased, let last = name.last?.asciiLowercased else {
            self = .other
            return
        }
        if name.count == 1 {
            self = Self.compact(first)
            return
        }
        let only = Self.candidate(count: name.count, first: first, last: last)
        self = only != .other && name.equalsIgnoringCase(only.text) ? only : .other
    }

    /// The one name of this length that begins and ends so: which saves comparing with all.
    private static func candidate(count: Int, first: UInt8, last: UInt8) -> HeaderName {
        switch (count, UnicodeScalar(first), UnicodeScalar(last)) {
        case (2, "t", "o"): .to
        case (3, "v", "a"): .via
        case (4, "f", "m"): .from
        case (4, "c", "q"): .cseq
        case (4, "r", "q"): .rSeq
        case (4, "r", "k"): .rAck
        case (5, "e", "t"): .event
        case (6, "s", "r"): .server
        case (7, "c", "d"): .callID
        case (7, "c", "t"): .contact
        case (7, "r", "e"): .require
        case (7, "s", "t"): .subject
        case (8, "r", "o"): .referTo
        case (8, "i", "y"): .identity
        case (9, "s", "d"): .supported
        case (9, "d", "n"): .diversion
        case (10, "u", "t"): .userAgent
        case (10, "s", "d"): .sessionID
        case (11, "r", "y"): .referredBy
        case (12, "c", "e"): .contentType
        case (12, "a", "s"): .allowEvents
        case (12, "h", "o"): .historyInfo
        case (13, "i", "o"): .identityInfo
        case (14, "c", "h"): .contentLength
        case (14, "a", "t"): .acceptContact
        case (14, "r", "t"): .rejectContact
        case (15, "s", "s"): .sessionExpires
        case (15, "r", "d"): .remotePartyID
        case (16, "c", "g"): .contentEncoding
        case (19, "c", "n"): .contentDisposition
        case (19, "r", "n"): .requestDisposition
        case (19, "p", "y"): .assertedIdentity
        case (25, "c", "g"): .contentTransferEncoding
        case (29, "x", "t"): .ciscoRecordingParticipant
        default: .other
        }
    }

    /// Compact forms of RFC 3261 section 7.3.3 and of the RFCs that registered more.
    private static func compact(_ letter: UInt8) -> HeaderName {
        switch UnicodeScalar(letter) {
        case "a": .acceptContact
        case "b": .referredBy
        case "c": .contentType
        case "d": .requestDisposition
        case "e": .contentEncoding
        case "f": .from
        case "i": .callID
        case "j": .rejectContact
        case "k": .supported
        case "l": .contentLength
        case "m": .contact
        case "n": .identityInfo
        case "o": .event
        case "r": .referTo
        case "s": .subject
        case "t": .to
        case "u": .allowEvents
        case "v": .via
        case "x": .sessionExpires
        case "y": .identity
        default: .other
        }
    }
}
