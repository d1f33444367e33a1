extension Int {
    /// A number with its noun, for readers: `1 packet`, `2 packets`.
    func counted(_ noun: String) -> String { "\(self) \(noun)\(self == 1 ? "" : "s")" }
}
