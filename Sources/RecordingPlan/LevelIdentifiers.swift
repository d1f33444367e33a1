/// Under which identifiers the packets of a flow carry audio levels (RFC 6464, RFC 6465), by what was negotiated last.
package struct LevelIdentifiers: Sendable, Equatable {
    package var client: UInt8?
    package var contributors: UInt8?

    package static let none = LevelIdentifiers()

    package init() {}
}
