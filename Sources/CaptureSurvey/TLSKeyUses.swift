package import PacketInput
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

    init(logs: [Log] = [], rsaKeys: [String] = []) {
        self.logs = logs
        self.rsaKeys = rsaKeys
    }

    /// Of a run without captures: nothing was looked for, so no line counts as unused.
    package init(untried inputs: TLSInputs) { logs = inputs.keyLogs.map { Log(name: $0.name, log: $0.log, unusedLines: []) } }
}
