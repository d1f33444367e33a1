import Glibc
package import PacketInput

/// Hashes inputs beside whoever reads them. A thread of its own: a task would take one of those that the workers of the render run on, and they wait
/// for it. `sha256()` of an input that is being hashed waits until it is done.
@safe package final class HashingThread {
    private let inputs: [any CaptureInput]
    private let isWanted: @Sendable () -> Bool

    private init(_ inputs: [any CaptureInput], _ isWanted: @escaping @Sendable () -> Bool) {
        self.inputs = inputs
        self.isWanted = isWanted
    }

    /// Begins, and goes on until all are hashed, or until one is and `isWanted` says that nobody cares any more. Where there is no thread to be had, whoever asks for a hash makes it.
    package static func start(_ inputs: [any CaptureInput], while isWanted: @escaping @Sendable () -> Bool = { true }) {
        let work = unsafe Unmanaged.passRetained(HashingThread(inputs, isWanted))
        var thread = pthread_t()
        let status = unsafe pthread_create(
            &thread, nil,
            { argument in
                guard let argument = unsafe argument else { return nil }
                unsafe Unmanaged<HashingThread>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, work.toOpaque())
        if status == 0 { pthread_detach(thread) } else { unsafe work.release() }
    }

    private func run() {
        // A fault is told to whoever asks.
        for input in inputs where isWanted() { _ = try? input.sha256() }
    }
}
