/// One Decryption Secrets Block (draft-ietf-opsawg-pcapng section 4.7).
package struct DecryptionSecrets: Sendable, Equatable {
    /// 0x544C534B is a TLS key log, 0x57474B4C a WireGuard key log.
    package let type: UInt32
    package let octets: [UInt8]
    /// Of the block, from the start of the file.
    package let fileOffset: UInt64

    package static let tlsKeyLog: UInt32 = 0x544C_534B
}
