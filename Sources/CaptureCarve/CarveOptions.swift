package import RecordingRecords

/// How a recording's packets are carved out.
package struct CarveOptions: Sendable {
    /// Signalling of TLS and media of SRTP in clear, where keys are at hand.
    package var isDecrypted = false
    /// Keys and credentials in signalling stay as they were sent.
    package var includesSecrets = false
    /// Use libsrtp2 for every packet instead of for the first ones of each stream.
    package var usesLibSRTPOnly = false
    /// What the capture says of the program that wrote it.
    package var toolVersion = ""

    package init() {}
}

/// What was carved.
package struct CarveSummary: Sendable, Equatable {
    /// Frames as they were captured, but for covered secrets.
    package internal(set) var copied = 0
    /// Media packets written anew in clear.
    package internal(set) var opened = 0
    /// Messages written anew in clear.
    package internal(set) var rebuilt = 0

    package var packets: Int { copied + opened + rebuilt }
}

/// Takes the octets of a capture file, in order.
package protocol CarveOutput {
    func write(_ octets: [UInt8]) throws(OutputFault)
}
