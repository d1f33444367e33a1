import CXML2
import Evidence

/// The one place where libxml2 is called. Pointers do not leave this file.
///
/// SAX2 only, no network, no entity is ever loaded or replaced, and the first sign of a document type declaration stops the parser: bombs,
/// external entities and quadratic expansion all need one.
enum LibXML {
    /// What the callbacks need: the builder, and the parser for its position.
    @safe
    private final class Session {
        let builder: XMLTreeBuilder
        let source: [UInt8]
        var parser: xmlParserCtxtPtr?
        /// Names and namespaces of the document so far. libxml2 keeps each text once while it parses, so that an address stands for a text.
        private var names: [(address: UInt, name: XMLName)] = []
        private static let nameLimit = 64

        init(_ builder: XMLTreeBuilder, _ source: [UInt8]) {
            self.builder = builder
            self.source = source
        }

        /// Octets of the source that the parser has passed.
        var position: Int {
            guard let parser = unsafe parser, let input = unsafe parser.pointee.input, let base = unsafe input.pointee.base,
                let cursor = unsafe input.pointee.cur
            else { return source.count }
            let inBuffer = unsafe cursor - base
            return min(source.count, Int(clamping: unsafe input.pointee.consumed) + inBuffer)
        }

        /// SAX reports a start tag when its attributes have been read; `<` cannot occur between there and its beginning.
        var tagStart: Int {
            var index = min(position, source.count - 1)
            while index > 0, source[index] != 0x3C { index -= 1 }
            return max(0, index)
        }

        /// Whether `>` or `/>` comes next.
        var isAtTagEnd: Bool {
            let next = source[position...].prefix(2)
            return next.first == 0x3E || next.elementsEqual([0x2F, 0x3E])
        }

        func halt() { if let parser = unsafe parser { unsafe xmlStopParser(parser) } }

        /// A name or namespace: made and compared with the vocabulary once for each that the document has, not for each element.
        func name(_ text: UnsafePointer<xmlChar>?) -> XMLName? {
            guard let text = unsafe text else { return nil }
            let address = UInt(bitPattern: text)
            if let known = names.first(where: { $0.address == address }) { return known.name }
            let name = XMLName(unsafe String(cString: text))
            if names.count < Self.nameLimit { names.append((address, name)) }
            return name
        }

        /// SAX2 hands five pointers an attribute: name, prefix, namespace, begin and end of the value.
        func attributes(_ list: UnsafeMutablePointer<UnsafePointer<xmlChar>?>?, count: Int) -> [XMLAttribute] {
            guard let list = unsafe list, count > 0 else { return [] }
            return (0..<count).map { index in
                let fields = unsafe list + index * 5
                var value = ""
                if let begin = unsafe fields[3], let end = unsafe fields[4], unsafe end > begin {
                    let octets = unsafe UnsafeBufferPointer(start: begin, count: end - begin)
                    value = unsafe String(decoding: octets, as: UTF8.self)
                    // Without entity replacement libxml2 writes every ampersand of a value as a reference to itself.
                    if unsafe octets.contains(0x26) { value = value.replacingAmpersandReferences }
                }
                return unsafe XMLAttribute(name: name(fields[0]) ?? .none, namespace: name(fields[2])?.text, value: value)
            }
        }
    }

    /// Parses UTF-8 octets, whatever encoding their declaration names.
    static func parse(_ octets: [UInt8], limits: Limits) -> XMLTree {
        let builder = XMLTreeBuilder(limits: limits)
        guard !octets.isEmpty, octets.count <= Int(Int32.max) else {
            builder.stop(.malformed("the document is empty"), at: 0)
            return builder.tree
        }
        xmlInitParser()
        let session = Session(builder, octets)
        unsafe octets.withUnsafeBytes { buffer in
            guard let start = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self),
                let parser = unsafe xmlCreateMemoryParserCtxt(start, Int32(buffer.count))
            else { return }
            defer { unsafe xmlFreeParserCtxt(parser) }
            var handler = unsafe xmlSAXHandler()
            unsafe handler.initialized = UInt32(XML_SAX2_MAGIC)
            unsafe installCallbacks(in: &handler)
            unsafe session.parser = parser
            unsafe parser.pointee.sax.pointee = handler
            unsafe parser.pointee.userData = Unmanaged.passUnretained(session).toOpaque()
            let options = Int32(bitPattern: XML_PARSE_NONET.rawValue | XML_PARSE_IGNORE_ENC.rawValue)
            _ = unsafe xmlCtxtUseOptions(parser, options)
            _ = unsafe xmlSwitchEncoding(parser, XML_CHAR_ENCODING_UTF8)
            _ = unsafe xmlParseDocument(parser)
            // After xmlStopParser `wellFormed` stays 1: only the error number tells.
            if unsafe parser.pointee.errNo == XML_ERR_OK.rawValue.asInt32 || builder.tree.stop != nil { return }
            if unsafe parser.pointee.wellFormed == 0 { builder.stop(.malformed("error \(unsafe parser.pointee.errNo)"), at: session.position) }
        }
        if builder.tree.stop == nil, !builder.tree.isWhole { builder.stop(.malformed("the document has no complete root element"), at: octets.count) }
        withExtendedLifetime(session) {}
        return builder.tree
    }

    private static func installCallbacks(in handler: inout xmlSAXHandler) {
        unsafe handler.startElementNs = { context, name, prefix, namespace, _, _, attributeCount, _, attributes in
            guard let session = unsafe LibXML.session(context) else { return }
            let start = session.tagStart
            // A start tag that the document's end cuts is reported too, with the attributes read until then: half a tag says nothing.
            guard session.isAtTagEnd else {
                session.builder.stop(.malformed("the document ends inside a tag"), at: start)
                return session.halt()
            }
            let node = XMLNode(
                name: unsafe session.name(name) ?? .none, prefix: unsafe session.name(prefix)?.text, namespace: unsafe session.name(namespace)?.text,
                attributes: unsafe session.attributes(attributes, count: Int(attributeCount)), start: start)
            if !session.builder.begin(node) { session.halt() }
        }
        unsafe handler.endElementNs = { context, _, _, _ in
            guard let session = unsafe LibXML.session(context) else { return }
            session.builder.end(at: session.position)
        }
        unsafe handler.characters = { context, text, count in
            guard let session = unsafe LibXML.session(context), let text = unsafe text, count > 0 else { return }
            unsafe session.builder.text(UnsafeBufferPointer(start: text, count: Int(count)))
        }
        unsafe handler.cdataBlock = { context, text, count in
            guard let session = unsafe LibXML.session(context), let text = unsafe text, count > 0 else { return }
            unsafe session.builder.text(UnsafeBufferPointer(start: text, count: Int(count)))
        }
        unsafe handler.internalSubset = { context, _, _, _ in
            guard let session = unsafe LibXML.session(context) else { return }
            session.builder.stop(.declaration, at: session.tagStart)
            session.halt()
        }
        unsafe handler.serror = { context, error in
            guard let session = unsafe LibXML.session(context), let error = unsafe error else { return }
            let message = unsafe LibXML.message(error.pointee.message)
            if unsafe error.pointee.level == XML_ERR_FATAL {
                session.builder.stop(.malformed(message), at: session.position)
                session.halt()
            } else if unsafe error.pointee.domain == Int32(bitPattern: XML_FROM_NAMESPACE.rawValue) {
                session.builder.namespaceFault(message, at: session.tagStart)
            }
        }
    }

    private static func session(_ context: UnsafeMutableRawPointer?) -> Session? {
        guard let context = unsafe context else { return nil }
        return unsafe Unmanaged<Session>.fromOpaque(context).takeUnretainedValue()
    }

    private static func message(_ text: UnsafePointer<CChar>?) -> String {
        guard let text = unsafe text else { return "unreadable" }
        let whole = unsafe String(cString: text)
        return String(whole.prefix(160).map { $0.isNewline ? " " : $0 }).trimmedXML
    }

    /// Octets of another encoding as UTF-8, or nil when libxml2 does not know it or refuses a character.
    static func convert(_ octets: [UInt8], from encoding: String) -> [UInt8]? {
        guard !octets.isEmpty, octets.count <= 1 << 28, let handler = unsafe xmlFindCharEncodingHandler(encoding) else { return nil }
        defer { _ = unsafe xmlCharEncCloseFunc(handler) }
        guard let input = unsafe xmlBufferCreateSize(octets.count + 1), let output = unsafe xmlBufferCreateSize(octets.count * 2 + 64) else { return nil }
        defer {
            unsafe xmlBufferFree(input)
            unsafe xmlBufferFree(output)
        }
        unsafe octets.withUnsafeBufferPointer { buffer in _ = unsafe xmlBufferAdd(input, buffer.baseAddress, Int32(buffer.count)) }
        var consumedAll = false
        // The converter may stop at its own block size; every round must make progress.
        while true {
            let before = unsafe xmlBufferLength(input)
            let result = unsafe xmlCharEncInFunc(handler, output, input)
            let after = unsafe xmlBufferLength(input)
            if after == 0 { consumedAll = true }
            if after == 0 || result < 0 || after >= before { break }
        }
        guard consumedAll, let content = unsafe xmlBufferContent(output) else { return nil }
        return unsafe [UInt8](UnsafeBufferPointer(start: content, count: Int(xmlBufferLength(output))))
    }
}

extension UInt32 {
    fileprivate var asInt32: Int32 { Int32(bitPattern: self) }
}

extension String {
    /// Without blanks and line ends on both sides.
    var trimmedXML: String {
        let isTrimmed = !(utf8.first.map(XMLMarkupScanner.isSpace) ?? false) && !(utf8.last.map(XMLMarkupScanner.isSpace) ?? false)
        return isTrimmed ? self : String(trimmingXML: Array(utf8)[...])
    }

    /// Text without blanks and line ends on both sides.
    init(trimmingXML octets: ArraySlice<UInt8>) {
        guard let first = octets.firstIndex(where: { !XMLMarkupScanner.isSpace($0) }), let last = octets.lastIndex(where: { !XMLMarkupScanner.isSpace($0) })
        else {
            self = ""
            return
        }
        self.init(decoding: octets[first...last], as: UTF8.self)
    }

    /// With every `&#38;` read as `&`, once.
    fileprivate var replacingAmpersandReferences: String {
        let units = Array(utf8)
        let reference = Array("&#38;".utf8)
        var out: [UInt8] = []
        var index = 0
        while index < units.count {
            out.append(units[index])
            index += units[index...].starts(with: reference) ? reference.count : 1
        }
        return String(decoding: out, as: UTF8.self)
    }
}
