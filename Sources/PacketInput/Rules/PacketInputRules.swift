package import Evidence

/// What this module can raise.
package enum PacketInputRules {
    /// By code.
    package static var all: [Rule] {
        [
            .cap014, .net005, .net006, .net011, .net012, .net013, .net014,
        ]
    }
}
