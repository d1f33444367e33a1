import Evidence

/// What the message around a document tells of its sender; every text as captured, empty where absent.
package struct SenderHints: Sendable {
    package var userAgent = ""
    /// Boundary parameter of the multipart.
    package var boundary = ""
    package var contact = ""
    package var from = ""
    package var organization = ""
    package var callID = ""
    /// User name of the `o=` line of the session description.
    package var origin = ""
    /// Names of the header fields, lower case, each as often as it stands there.
    package var headers: [String] = []

    package init() {}
}

/// Everything a product is recognized by.
struct ProductEvidence {
    let document: RecordingDocument
    let hints: SenderHints
    /// Lower case.
    let boundary: String
    let origin: String
    /// Namespaces of extensions, lower case.
    let namespaces: Set<String>
    /// Local names inside extensions, lower case.
    let names: Set<String>
    let identifiers: [String]
    let labels: [String]

    init(_ document: RecordingDocument, _ hints: SenderHints) {
        self.document = document
        self.hints = hints
        boundary = hints.boundary.lowercased()
        origin = hints.origin.lowercased()
        let values = document.extensions.flatMap(\.values)
        namespaces = Set(values.compactMap { $0.namespace?.lowercased() } + document.extensions.compactMap { $0.namespace?.lowercased() })
        var names = Set(values.map { $0.name.lowercased() })
        for value in values { for step in value.path.lowercased().split(separator: "/") { names.insert(String(step.prefix { $0 != "[" })) } }
        self.names = names
        identifiers =
            document.groups.map(\.id) + document.sessions.map(\.id) + document.participants.map(\.id) + document.streams.map(\.id).filter { !$0.isEmpty }
        labels = document.streams.compactMap { $0.label?.lowercased() }
    }

    func hasNamespace(containing text: StaticString) -> Bool { namespaces.contains { $0.containsIgnoringCase(text) } }

    func hasUserAgent(containing text: StaticString) -> Bool { hints.userAgent.containsIgnoringCase(text) }
}

/// Recognizes the documents of one product. What a document means does not depend on who is thought to have written it: recognition only
/// names the product in the sidecar, and the fields of every product are read in every document.
protocol ProductRecognizer: SendableMetatype {
    /// As the sidecar names it.
    static var name: String { get }
    /// Points for this product: 10 for a mark that nobody else makes, 1 for a habit that several have.
    static func points(_ evidence: ProductEvidence) -> Int
    /// Extension elements that name a party.
    static var identityFields: [IdentityField] { get }
}

extension ProductRecognizer {
    static var identityFields: [IdentityField] { [] }
}

/// The products that are known, in the order in which equal points decide.
enum ProductRecognizers {
    static let all: [any ProductRecognizer.Type] = [
        CiscoRecognizer.self, OracleRecognizer.self, AudioCodesRecognizer.self, RibbonRecognizer.self, AvayaRecognizer.self, MetaswitchRecognizer.self,
        BroadWorksRecognizer.self, OpenSIPSRecognizer.self, FreeSWITCHRecognizer.self, JambonzRecognizer.self, SEMSRecognizer.self, NetSapiensRecognizer.self,
        GenesysRecognizer.self, TelnyxRecognizer.self, TwilioRecognizer.self,
    ]
    /// Fewer points are habit, not evidence.
    static let threshold = 3
}

extension RecordingDocument {
    /// Name of the product whose habits the document and its message show; nil where nothing is typical enough.
    package func product(hints: SenderHints) -> String? {
        let evidence = ProductEvidence(self, hints)
        var best: (name: String, points: Int)?
        for recognizer in ProductRecognizers.all {
            let points = recognizer.points(evidence)
            if points >= ProductRecognizers.threshold, points > best?.points ?? 0 { best = (recognizer.name, points) }
        }
        return best?.name
    }
}
