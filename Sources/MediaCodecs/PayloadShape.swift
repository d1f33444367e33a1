import Evidence

/// Whether payloads are laid out as their description says: asked of a few packets before anything is decoded.
package struct PayloadShape {
    /// The layout that the description asks for.
    package let named: PayloadFraming
    private let amr: AMR

    /// Nil for what has one layout, or one that lengths do not tell from another.
    package init?(_ codec: CodecDescription) {
        guard codec.channels == 1, codec.encoding == "AMR" || codec.encoding == "AMR-WB", let amr = AMR(codec, isWide: codec.encoding == "AMR-WB"),
            let named = amr.namedForm
        else { return nil }
        self.amr = amr
        self.named = named
    }

    /// The layouts that a payload's length and first octets allow.
    package func layouts(of payload: RawSpan) -> Set<PayloadFraming> { amr.forms(of: payload) }
}
