/// Which generation of the metadata format a document has: the drafts lived from 2011 to 2015 and are all still in the field.
package enum MetadataGeneration: String, Sendable, Comparable {
    /// Drafts of 2011: root `recording_metadata`, namespace `...:siprec`, `urn:uuid:` identifiers, `send/id`. BroadWorks, Webex Calling.
    case firstDraft
    /// Drafts of 2012: associations are nested in the participant. Oracle, AudioCodes legacy mode.
    case nestedDraft
    /// Drafts of 2012 and 2013: association elements as in the RFC, older namespace. Ribbon, Metaswitch.
    case lateDraft
    /// RFC 7865.
    case rfc7865

    /// What the mapping met on its way.
    struct Features {
        var nestedAssociations = false
        var associationElements = false
    }

    private var rank: Int {
        switch self {
        case .firstDraft: 0
        case .nestedDraft: 1
        case .lateDraft: 2
        case .rfc7865: 3
        }
    }

    package static func < (left: MetadataGeneration, right: MetadataGeneration) -> Bool { left.rank < right.rank }
}
