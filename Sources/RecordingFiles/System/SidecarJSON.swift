import FoundationEssentials

/// JSON as the sidecars have it: keys sorted, indented, UTF-8, slashes plain, one line feed at the end.
package enum SidecarJSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        try JSONTreeEncoder.encode(value) + [0x0A]
    }

    package static func decode<Value: Decodable>(_ type: Value.Type, from octets: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(octets))
    }
}
