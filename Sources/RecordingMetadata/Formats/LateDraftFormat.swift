/// Drafts of 2012 and 2013 (about draft-ietf-siprec-metadata-08 on): the elements of the RFC in a namespace without version number, and an
/// `associate-time` inside the stream. Ribbon sends it with the prefix `tns:`; Metaswitch mixes in attributes named `id`.
enum LateDraftFormat {
    static let namespace = "urn:ietf:params:xml:ns:recording"

    static func associateTime(of stream: XMLNode, in mapper: DocumentMapper) -> MetadataTime? {
        mapper.time(in: stream, .associateTime) ?? mapper.time(in: stream, .startTime)
    }
}
