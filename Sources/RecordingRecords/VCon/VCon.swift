/// A conversation data container in its unsigned form (draft-ietf-vcon-vcon-core): the members that are filled here.
///
/// Indices are load-bearing: parties, dialogs and attachments refer to each other by their place.
struct VCon: Encodable {
    /// Somebody, by what the signalling says of them.
    struct Party: Encodable {
        /// `addr-spec` of RFC 3261.
        var sip: String?
        /// RFC 3966.
        var tel: String?
        var name: String?
        /// How the name was checked; it never was, for it comes from signalling.
        var validation: String?
        var uuid: String?
        /// `bot` for the program that made the container.
        var type: String?
    }

    /// Session identifier (RFC 7989): 32 lower-case hexadecimal digits each.
    struct SessionID: Encodable, Equatable {
        var local: String
        var remote: String?
    }

    struct PartyEvent: Encodable {
        enum Kind: String, Encodable { case join, drop, hold, unhold, keydown, keyup }
        var party: Int
        var time: String
        var event: Kind
        /// Key of the telephone.
        var button: String?
    }

    /// Who is in one channel of a file.
    enum Channel: Encodable {
        case one(Int)
        case several([Int])

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            switch self {
            case .one(let party): try container.encode(party)
            case .several(let parties): try container.encode(parties)
            }
        }
    }

    /// One file of the conversation, or the change of who takes part in it.
    struct Dialog: Encodable {
        enum Kind: String, Encodable { case recording, text, transfer }
        var type: Kind
        var start: String
        var duration: Seconds?
        /// The people of the only channel, or an entry a channel. A transfer has none.
        var parties: [Channel]?
        /// Who called, where that is known and not the first party.
        var originator: Int?
        var mediatype: String?
        var filename: String?
        var body: FileMark?
        var encoding: Encoding?
        var content_hash: FileMark?
        var session_id: SessionID?
        var party_history: [PartyEvent]?
        /// Extension `sip-signaling`: the dialog that carried the media.
        var sip_call_id: String?
        /// Who was passed on, by whom and to whom.
        var transferee: Int?
        var transferor: Int?
        var transfer_target: Int?
        /// Places of the files that hold the conversation before and after.
        var original: [Int]?
        var target_dialog: [Int]?
    }

    struct Attachment: Encodable {
        var purpose: String
        var start: String
        var party: Int
        var dialog: Int
        var mediatype: String
        var filename: String
        var body: FileMark
        var encoding: Encoding
    }

    /// What is known of the container's own completeness: a vCon itself can not say that something is missing.
    struct Analysis: Encodable {
        var type = "report"
        var vendor = "siprecap"
        var product: String
        var schema = "siprecap.completeness/1"
        var dialog: [Int]
        var mediatype = "application/json"
        var body: Completeness
        var encoding = Encoding.json
    }

    struct Completeness: Encodable {
        struct Gaps: Encodable {
            var label: String?
            var stream: String
            var gaps: [GapRecord]
        }

        struct Statement: Encodable {
            var rule: String
            var severity: String
            var message: String
            var count: Int
        }

        var recording: String
        var complete: Bool
        var findings: [Statement]
        var streams: [Gaps]
    }

    enum Encoding: String, Encodable { case base64url, json }

    /// Stands for the content of a file, or for its hash: a number among the files that `VConFile` puts there.
    struct FileMark: Encodable {
        static let word = Array("file:".utf8)
        let number: Int
        /// Before the mark.
        var prefix = ""

        func encode(to encoder: any Encoder) throws {
            var container = encoder.singleValueContainer()
            try container.encode("\(prefix)file:\(number)")
        }
    }

    /// The last version that had this member; readers look for it although it is no longer required.
    var vcon = "0.4.0"
    var uuid: String
    var created_at: String
    var extensions: [String]?
    var parties: [Party]
    var dialog: [Dialog]
    var analysis: [Analysis]
    var attachments: [Attachment]?
}
