import FoundationEssentials
package import Reconstruction

/// JSON as the sidecars have it: keys sorted, indented, UTF-8, slashes plain, one line feed at the end.
package enum SidecarJSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        try JSONTreeEncoder.encode(value) + [0x0A]
    }

    /// The same octets, of what writes itself.
    package static func encode(_ record: some JSONRecord) throws -> [UInt8] {
        guard let octets = JSONText.octets(of: record) else {
            throw EncodingError.invalidValue(record, .init(codingPath: [], debugDescription: "JSON has no such number"))
        }
        return octets
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from octets: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(octets))
    }
}
