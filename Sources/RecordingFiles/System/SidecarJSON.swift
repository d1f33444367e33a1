import FoundationEssentials

/// Reads what was written as JSON.
package enum SidecarJSON {
    package static func decode<Value: Decodable>(_ type: Value.Type, from octets: [UInt8]) throws -> Value {
        try JSONDecoder().decode(type, from: Data(octets))
    }
}
