/// A style sheet or script that stands in a page, and its SHA-256 in base64 for the page's policy. A test says when a hash is not its asset's.
struct Asset {
    let content: HTML
    let sha256: String

    private init(_ source: StaticString, sha256: String) {
        content = HTML(constant: source)
        self.sha256 = sha256
    }

    static let style = Asset(StyleSheet.source, sha256: "TxyTkQvMAQqGof2k2hR9orPnFYjnKJz9vqmgNT3ZHC8=")
    static let recordingScript = Asset(RecordingScript.source, sha256: "PYKYGB0Ft1W565nEZUn/0h9jMZjNWeNK1obocksQSso=")
    static let runScript = Asset(RunScript.source, sha256: "sN0qdflBABdb6BT3DGdOwIb2VGItAJLx/TukzcCAy7M=")
}
