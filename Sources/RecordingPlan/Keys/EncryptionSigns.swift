/// Why a flow that nothing describes as encrypted is taken for encrypted.
///
/// Sampled sound (G.711, linear) is judged by its octets and its length; a codec of fixed rate by its length alone; Opus by whether its packets
/// last as long as their timestamps say. Other compressed codecs look like ciphertext and are never judged by their octets.
package struct EncryptionSigns: Sendable, Equatable {
    package enum Confidence: String, Sendable { case high, medium }

    package let confidence: Confidence
    package let reasons: [String]

    package init(confidence: Confidence, reasons: [String]) {
        self.confidence = confidence
        self.reasons = reasons
    }
}
