import CPcap
import Evidence
import PacketInput
import Synchronization

/// An expression in the language of pcap-filter(7), compiled by libpcap once for each link type that is met.
package final class PacketFilter: FrameFilter {
    /// Why an expression is no filter, in libpcap's words.
    package struct Fault: Error, Sendable {
        package let message: String
    }

    private struct State: ~Copyable {
        var programs: [UInt32: Program] = [:]
        var refused: [UInt32: String] = [:]
    }

    package let expression: String
    private let state = Mutex(State())

    /// Throws where the expression fits neither Ethernet nor cooked captures nor raw IP.
    package init(_ expression: String) throws(Fault) {
        self.expression = expression
        var first: String?
        for linkType: UInt32 in [1, 113, 101] {
            switch Program.compile(expression, linkType: linkType) {
            case .success: return
            case .failure(let fault): first = first ?? fault.message
            }
        }
        throw Fault(message: first ?? "cannot be compiled")
    }

    package var refusals: [(linkType: UInt32, reason: String)] {
        state.withLock { $0.refused }.sorted { $0.key < $1.key }.map { (linkType: $0.key, reason: $0.value) }
    }

    package func accepts(_ bytes: RawSpan, linkType: UInt32, originalLength: Int) -> Bool {
        let program = state.withLock { state -> Program? in
            if let known = state.programs[linkType] { return known }
            if state.refused[linkType] != nil { return nil }
            switch Program.compile(expression, linkType: linkType) {
            case .success(let program):
                state.programs[linkType] = program
                return program
            case .failure(let fault):
                state.refused[linkType] = fault.message
                return nil
            }
        }
        return program?.accepts(bytes, originalLength: originalLength) ?? false
    }
}

/// One compiled program; immutable once made, so every thread may run it.
@safe private final class Program: @unchecked Sendable {
    private let code: UnsafeMutablePointer<bpf_program>

    private init(_ code: UnsafeMutablePointer<bpf_program>) { unsafe self.code = code }

    deinit {
        unsafe pcap_freecode(code)
        unsafe code.deallocate()
    }

    static func compile(_ expression: String, linkType: UInt32) -> Result<Program, PacketFilter.Fault> {
        guard let handle = unsafe pcap_open_dead(platformLink(linkType), 262_144) else { return .failure(.init(message: "libpcap does not answer")) }
        defer { unsafe pcap_close(handle) }
        let code = UnsafeMutablePointer<bpf_program>.allocate(capacity: 1)
        unsafe code.initialize(to: bpf_program())
        guard unsafe pcap_compile(handle, code, expression, 1, PCAP_NETMASK_UNKNOWN) == 0 else {
            unsafe code.deallocate()
            return .failure(.init(message: unsafe pcap_geterr(handle).map { unsafe String(cString: $0) } ?? "cannot be compiled"))
        }
        return .success(unsafe Program(code))
    }

    func accepts(_ bytes: RawSpan, originalLength: Int) -> Bool {
        unsafe bytes.withUnsafeBytes { octets in
            guard let start = unsafe octets.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return false }
            return unsafe bpf_filter(code.pointee.bf_insns, start, UInt32(clamping: originalLength), UInt32(clamping: octets.count)) != 0
        }
    }

    /// The DLT_ number of Linux for a LINKTYPE_ number; the few that differ.
    private static func platformLink(_ linkType: UInt32) -> Int32 {
        switch linkType {
        case 100: 11
        case 101, 14: 12
        case 102: 15
        case 103: 16
        case 106: 19
        default: Int32(clamping: linkType)
        }
    }
}
