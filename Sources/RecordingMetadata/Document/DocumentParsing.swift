package import Evidence

extension RecordingDocument {
    /// Attributes of one tag that are read; more are a bound reached.
    static let attributeLimit = 128

    /// `charset`: the one that the carrier names (RFC 7303 section 3.2), which goes before that of the XML declaration.
    package init(parsing octets: [UInt8], charset: String? = nil, limits: Limits = Limits()) {
        self.init()
        var captured = octets
        if captured.count > limits.metadataOctets {
            captured = Array(octets.prefix(max(0, limits.metadataOctets)))
            remark(.met013, at: captured.count, "the document has \(octets.count) bytes; \(captured.count) are read")
        }
        var source = XMLSource(captured, charset: charset)
        if let start = XMLMarkupScanner.overlongTag(in: source.utf8, limit: Self.attributeLimit) {
            remark(.met013, at: source.captured(start), "a tag has more than \(Self.attributeLimit) attributes; the document is read up to that tag")
            source.cut(at: start)
        }
        var tree = LibXML.parse(source.utf8, limits: limits)
        isWellFormed = tree.stop == nil && remarks.isEmpty
        if source.hasByteOrderMark { remark(.met048, at: 0, "the bytes EF BB BF precede the document") }
        if let charset, let declared = source.declared, !XMLSource.isSame(charset, declared) {
            remark(.met049, at: source.captured(0), "Content-Type has charset \(charset), the XML declaration has \(declared)")
        }
        if case .malformed(let message) = tree.stop {
            remark(.met001, at: source.captured(tree.stopOffset), message)
            repair(&source, &tree, limits: limits)
        }
        explain(tree.stop, at: source.captured(tree.stopOffset))
        if let fault = tree.namespaceFault { remark(.met001, at: source.captured(fault.offset), fault.message) }
        isWhole = tree.isWhole
        if var mapper = DocumentMapper(tree: tree, source: source) { mapper.map(into: &self) }
        check()
        dropDummies()
        remarks.sort { $0.offset < $1.offset }
    }

    /// Parses once more with stray signs escaped, and keeps the result if it tells more.
    private mutating func repair(_ source: inout XMLSource, _ tree: inout XMLTree, limits: Limits) {
        let repair = XMLRepair(source.utf8)
        guard !repair.edits.isEmpty else { return }
        var repaired = XMLSource(rewriting: source, to: repair.octets, positions: repair.positions)
        if let start = XMLMarkupScanner.overlongTag(in: repaired.utf8, limit: Self.attributeLimit) { repaired.cut(at: start) }
        let second = LibXML.parse(repaired.utf8, limits: limits)
        guard second.isWhole || second.nodes.count > tree.nodes.count else { return }
        for edit in repair.edits.prefix(8) { remark(.met001, at: source.captured(edit.offset), "read after repair of \(edit.what)") }
        if repair.edits.count > 8 { remark(.met001, at: source.captured(repair.edits[8].offset), "\(repair.edits.count - 8) more repairs") }
        source = repaired
        tree = second
    }

    private mutating func explain(_ stop: XMLStop?, at offset: Int) {
        switch stop {
        case .declaration: remark(.met012, at: offset, "a document type declaration (DTD); the document is not read from here on")
        case .depth: remark(.met013, at: offset, "elements are nested too deeply; the document is read up to here")
        case .elements: remark(.met013, at: offset, "too many elements; the document is read up to here")
        case .malformed, nil: break
        }
    }
}
