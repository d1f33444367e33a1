/// JSON as every file and every `--json` has it: keys sorted by their octets, indented by two spaces, UTF-8, slashes plain, one line feed at the
/// end; empty lists and objects are kept, nil is left out. What would steer a display is escaped.
package enum RecordJSON {
    /// The record as text. Throws where it holds a number that JSON has not.
    package static func octets(of record: some Encodable) throws -> [UInt8] {
        let text = JSONText()
        try text.encode(record, depth: 0)
        guard let octets = text.buffer.finish() else {
            throw EncodingError.invalidValue(record, .init(codingPath: [], debugDescription: "cannot be written as JSON"))
        }
        return octets
    }
}
