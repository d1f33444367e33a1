/// One Decryption Secrets Block (draft-ietf-opsawg-pcapng section 4.7).
package struct DecryptionSecrets: Sendable, Equatable {
    /// 0x544C534B is a TLS key log, 0x57474B4C a WireGuard key log.
    package let type: UInt32
    package let octets: [UInt8]
    /// Of the block, from the start of the file.
    package let fileOffset: UInt64

    package static let tlsKeyLog: UInt32 = 0x544C_534B

    /// What the secrets are, in words.
    package static func name(of type: UInt32) -> String {
        switch type {
        case tlsKeyLog: "a TLS key log"
        case 0x5353_484B: "an SSH key log"
        case 0x5747_4B4C: "a WireGuard key log"
        case 0x5A4E_574B: "a ZigBee network key"
        case 0x5A41_504B: "a ZigBee APS key"
        case 0x5541_4B4C, 0x5550_4353: "OPC UA keys"
        default: "unknown type 0x\(String(type, radix: 16))"
        }
    }
}
