package import TLSDecryption

/// The key logs and private keys of a survey, and which lines of the logs belong to no connection.
package struct TLSKeyUses: Sendable {
    package struct Log: Sendable {
        /// Of its file, or of the capture that holds it.
        package let name: String
        package let log: TLSKeyLog
        /// One-based numbers of lines whose connection is not in the captures.
        package let unusedLines: [Int]
    }

    /// Those of files first, then those of secrets blocks.
    package var logs: [Log] = []
    /// Names of the files of private keys.
    package var rsaKeys: [String] = []
}
