/// RC4 (RFC 7465 forbids it in TLS; old devices still use it): written here, because libcrypto has it in a provider that is seldom installed.
struct RC4: Sendable {
    private var state: [UInt8]
    private var first: UInt8 = 0
    private var second: UInt8 = 0

    init(key: [UInt8]) {
        state = (0...255).map { UInt8($0) }
        guard !key.isEmpty else { return }
        var position: UInt8 = 0
        for index in 0..<256 {
            position = position &+ state[index] &+ key[index % key.count]
            state.swapAt(index, Int(position))
        }
    }

    mutating func apply(_ text: [UInt8]) -> [UInt8] {
        text.map { octet in
            first = first &+ 1
            second = second &+ state[Int(first)]
            state.swapAt(Int(first), Int(second))
            return octet ^ state[Int(state[Int(first)] &+ state[Int(second)])]
        }
    }
}
