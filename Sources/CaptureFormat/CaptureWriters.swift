/// What wrote a capture, as its section headers say: `shb_userappl`, `shb_os` and `shb_hardware`.
///
/// Bound: eight texts of each kind.
package struct CaptureWriters: Sendable, Equatable {
    package private(set) var programs: [String] = []
    package private(set) var systems: [String] = []
    package private(set) var devices: [String] = []
    private static let limit = 8

    mutating func add(_ option: UInt16, _ text: String) {
        switch option {
        case 2: Self.append(text, to: &devices)
        case 3: Self.append(text, to: &systems)
        case 4: Self.append(text, to: &programs)
        default: return
        }
    }

    private static func append(_ text: String, to list: inout [String]) {
        if !text.isEmpty, list.count < limit, !list.contains(text) { list.append(text) }
    }
}
