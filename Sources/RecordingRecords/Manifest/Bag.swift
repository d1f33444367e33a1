/// What makes an output folder a bag (BagIt 1.0, RFC 8493): the payload below `data/`, tag files beside it. `run.json` is one of them, as it holds
/// the payload manifest's hash.
package struct Bag: Sendable {
    package static let payload = "data"
    package static let declaration = "bagit.txt"
    package static let information = "bag-info.txt"
    package static let tagManifest = "tagmanifest-sha256.txt"
    /// Written after `run.json`.
    package static let tagFiles = [declaration, information, tagManifest]
    package static let names = tagFiles + [payload]

    /// `Bagging-Date`, for example `2026-11-22`; left out where nil, as the clock is not asked.
    private let date: String?

    package init(date: String? = nil) { self.date = date }

    /// Names and contents of the tag files but the manifest; `octets` and `files` are those of the payload.
    package func tags(octets: Int64, files: Int) -> [(name: String, text: String)] {
        var information = "Bag-Software-Agent: siprecap\n"
        if let date { information += "Bagging-Date: \(date)\n" }
        information += "Payload-Oxum: \(octets).\(files)\n"
        return [(Self.declaration, "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"), (Self.information, information)]
    }
}
